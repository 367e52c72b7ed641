import { SEGMENT_PHASES } from '@faultline/metrics';
import { type BlockColumns, eachPhase, type TrialSummary, trialsIn } from '@faultline/study';

/** A block of one cell, of whose trials each becomes a row. */
export interface RowBlock {
  readonly cell: number;
  readonly columns: BlockColumns;
  /** Microseconds of each phase in the order of `SEGMENT_PHASES`, trial after trial: however often one came, it is summed. */
  readonly phaseUs: Float64Array;
}

/** One trial of one cell, as it was read from a line. */
export interface ResultRow {
  readonly cell: number;
  readonly summary: TrialSummary;
}

/** Whole numbers of a row, in the order in which they are written. */
const COUNTS = ['failed', 'indeterminate', 'lost', 'lossSpanUs', 'lostUpdates'] as const;

const PLACE_OF_PHASE = new Map<string, number>(SEGMENT_PHASES.map((phase, place) => [phase, place]));

export function rowBlock(cell: number, columns: BlockColumns): RowBlock {
  const phaseUs = new Float64Array(trialsIn(columns) * SEGMENT_PHASES.length);
  eachPhase(columns, (index, phase, _, us) => {
    const place = PLACE_OF_PHASE.get(phase);
    if (place !== undefined) {
      const at = index * SEGMENT_PHASES.length + place;
      phaseUs[at] = (phaseUs[at] as number) + us;
    }
  });
  return { cell, columns, phaseUs };
}

/**
 * A row as a line without its end; `index` counts the trials of the block from 0. The same row is the same bytes, and
 * `rowOf` gives back all of it that a study uses. A recovery time of null stands for never, which JSON has no number
 * for. Put together by hand, because all of it is known names and whole numbers: a fifth of the time of JSON.stringify.
 */
export function rowLine({ cell, columns, phaseUs }: RowBlock, index: number): string {
  const recoveryUs = columns.recoveryUs[index] as number;
  let line = `{"trial":${columns.from + index},"cell":${cell},"recoveryUs":${Number.isFinite(recoveryUs) ? recoveryUs : null}`;
  for (const name of COUNTS) line += `,"${name}":${columns[name][index]}`;
  let phases = '';
  for (const [place, phase] of SEGMENT_PHASES.entries()) {
    const us = phaseUs[index * SEGMENT_PHASES.length + place] as number;
    if (us > 0) phases += `${phases === '' ? '' : ','}"${phase}":${us}`;
  }
  return `${line},"phases":{${phases}}}`;
}

/** What `rowLine` wrote; null for any other text. */
export function rowOf(line: string): ResultRow | null {
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { trial, cell, recoveryUs, phases } = parsed;
  const counts = COUNTS.map((name) => parsed[name]);
  if (![trial, cell, recoveryUs ?? 0, ...counts].every(isCount) || typeof phases !== 'object') return null;
  const lengths = Object.entries(phases ?? {});
  if (!lengths.every(([, us]) => isCount(us))) return null;
  const summary = {
    trial,
    recoveryUs: recoveryUs ?? Number.POSITIVE_INFINITY,
    ...Object.fromEntries(COUNTS.map((name, index) => [name, counts[index]])),
    phases: lengths.map(([phase, us]) => ({ phase, actor: null, us: us as number })),
    steps: [],
  };
  return { cell: cell as number, summary: summary as unknown as TrialSummary };
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
