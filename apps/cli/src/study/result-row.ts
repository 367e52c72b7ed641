import { SEGMENT_PHASES } from '@faultline/metrics';
import type { TrialSummary } from '@faultline/study';

/** One trial of one cell, as a line of NDJSON holds it. */
export interface ResultRow {
  readonly cell: number;
  readonly summary: TrialSummary;
}

/** Whole numbers of a row, in the order in which they are written. */
const COUNTS = ['failed', 'indeterminate', 'lost', 'lossSpanUs', 'lostUpdates'] as const;

/**
 * A row as a line without its end. The same row is the same bytes, and `rowOf` gives back all of it that a study uses.
 * A recovery time of null stands for never, which JSON has no number for.
 */
export function rowLine(cell: number, summary: TrialSummary): string {
  const { trial, recoveryUs } = summary;
  const counts = Object.fromEntries(COUNTS.map((name) => [name, summary[name]]));
  const phases = Object.fromEntries(
    [...phaseLengths(summary)].flatMap((us, index) => (us > 0 ? [[SEGMENT_PHASES[index], us]] : [])),
  );
  return JSON.stringify({
    trial,
    cell,
    recoveryUs: Number.isFinite(recoveryUs) ? recoveryUs : null,
    ...counts,
    phases,
  });
}

/** Microseconds of each phase, in the order of `SEGMENT_PHASES`: however often one came, it is summed. */
export function phaseLengths({ phases }: TrialSummary): readonly number[] {
  return SEGMENT_PHASES.map((name) => phases.reduce((sum, { phase, us }) => (phase === name ? sum + us : sum), 0));
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
