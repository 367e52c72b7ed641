import type { CellResult, SegmentPhase } from '@faultline/metrics';
import { duration } from './figures.ts';

/** A phase of a cell's outages: in those about as long as the median, and in the slowest hundredth. */
export interface TailPhase {
  readonly phase: SegmentPhase;
  readonly medianUs: number;
  readonly slowUs: number;
  /** In words; with a `>` where it went on when the run ended. */
  readonly median: string;
  readonly slow: string;
}

/**
 * Phases of a cell in their order. Where service never came back the last phase is counted to the end of the run, which
 * is not its length: it went on.
 */
export function tailPhases({ phases, never, recoveryTime }: CellResult): readonly TailPhase[] {
  const last = phases.tail.findLast(({ meanUs }) => meanUs > 0)?.phase;
  return phases.tail.map(({ phase, meanUs }) => {
    const medianUs = phases.median.find((one) => one.phase === phase)?.meanUs ?? 0;
    const isLast = phase === last;
    return {
      phase,
      medianUs,
      slowUs: meanUs,
      median: length(medianUs, isLast && recoveryTime.p50.value === Number.POSITIVE_INFINITY),
      slow: length(meanUs, isLast && never.value > 0),
    };
  });
}

const length = (us: number, wentOn: boolean): string => `${wentOn ? '>' : ''}${duration(Math.round(us))}`;

/** What the `>` means; empty where no cell has one. */
export function openPhaseNote(cells: readonly CellResult[]): string {
  return cells.some(({ never }) => never.value > 0)
    ? 'A > before a phase: in trials that never recovered it went on when the run ended, and is counted until then.'
    : '';
}
