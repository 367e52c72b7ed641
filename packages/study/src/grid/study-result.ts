import { type Estimate, shareEstimate } from '@faultline/metrics';
import type { Study, StudyFactor } from '@faultline/scenario';
import type { CellTally } from './cell-tally.ts';
import type { MeanPhase } from './phase-bands.ts';

/** Quantiles that a study reports, by name. */
export const STUDY_QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, 'p99.9': 0.999 } as const;
export type StudyQuantile = keyof typeof STUDY_QUANTILES;

/** What a study found. Durations are microseconds, Infinity stands for never; intervals are 95 %. */
export interface StudyResult {
  readonly study: string;
  readonly summary: string;
  readonly seed: string;
  readonly objectives: Study['objectives'];
  readonly factors: readonly StudyFactor[];
  readonly trials: number;
  /** In the order of the grid; the first is the reference of all differences. */
  readonly cells: readonly CellResult[];
}

export interface CellResult {
  readonly label: string;
  /** Index of the level of each factor. */
  readonly levels: readonly number[];
  readonly cost: number;
  readonly trials: number;
  readonly recoveryTime: Readonly<Record<StudyQuantile, Estimate>>;
  /** Points of the distribution: a recovery time, and the share of the trials that took no longer. */
  readonly ecdf: readonly { readonly us: number; readonly share: number }[];
  readonly never: Estimate;
  /** Share of the trials that lost an acknowledged write, and the most and the farthest that any lost. */
  readonly loses: Estimate;
  readonly lostMax: number;
  readonly lossSpanMaxUs: number;
  readonly failedP50: Estimate;
  readonly indeterminateP50: Estimate;
  readonly lostUpdatesP50: Estimate;
  /** Shares of the trials that met the objectives; null where none is set. */
  readonly meets: { readonly rto: Estimate | null; readonly rpo: Estimate | null; readonly both: Estimate | null };
  /** Of what outages of about the median's length consist, and those from the p99 on. */
  readonly phases: { readonly median: readonly MeanPhase[]; readonly tail: readonly MeanPhase[] };
  /** Recovery time less that of the first cell, trial by trial: the median. Null for the first cell itself. */
  readonly difference: Estimate | null;
  /** Whether the precision that was asked for was reached; null where none was. */
  readonly precise: boolean | null;
}

/** Points of an ECDF: more than any drawing shows. */
const ECDF_POINTS = 400;

/** The figures of one cell. */
export function cellResult(cell: Study['cells'][number], tally: CellTally, study: Study): CellResult {
  const { trials, never, lossy, met } = tally;
  const { rtoUs, rpoUs } = study.objectives;
  const share = (count: number): Estimate => shareEstimate(count, trials) as Estimate;
  const quantiles = Object.entries(STUDY_QUANTILES).map(([name, at]) => [name, tally.recovery.estimate(at)]);
  const recoveryTime = Object.fromEntries(quantiles) as CellResult['recoveryTime'];
  return {
    label: cell.label,
    levels: cell.levels,
    cost: cell.cost,
    trials,
    recoveryTime,
    ecdf: ecdfOf(tally),
    never: share(never),
    loses: share(lossy),
    lostMax: tally.lost.ranked(trials),
    lossSpanMaxUs: tally.lossSpan.ranked(trials),
    failedP50: tally.failed.estimate(0.5) as Estimate,
    indeterminateP50: tally.indeterminate.estimate(0.5) as Estimate,
    lostUpdatesP50: tally.lostUpdates.estimate(0.5) as Estimate,
    meets: {
      rto: rtoUs === null ? null : share(met.rto),
      rpo: rpoUs === null ? null : share(met.rpo),
      both: rtoUs === null && rpoUs === null ? null : share(met.both),
    },
    phases: {
      median: tally.phases.mean(recoveryTime.p50.value, recoveryTime.p50.value),
      tail: tally.phases.mean(recoveryTime.p99.value, Number.POSITIVE_INFINITY),
    },
    difference: tally.difference.estimate(0.5),
    precise: study.precision === null ? null : isPrecise(tally, study.precision),
  };
}

/** Whether the interval of the quantile is as narrow as was asked for. What is never known to end is never precise. */
export function isPrecise({ recovery }: CellTally, { quantile, within }: NonNullable<Study['precision']>): boolean {
  const estimate = recovery.estimate(quantile);
  if (estimate === null || estimate.low === null || estimate.high === null) return false;
  if (estimate.low === estimate.high) return true;
  return estimate.high - estimate.low <= 2 * within * estimate.value;
}

function ecdfOf({ recovery, trials }: CellTally): CellResult['ecdf'] {
  const points: { us: number; share: number }[] = [];
  let shown = 0;
  for (const { value, upTo } of recovery.steps()) {
    if (upTo - shown < trials / ECDF_POINTS && upTo < trials) continue;
    points.push({ us: value, share: upTo / trials });
    shown = upTo;
  }
  return points;
}
