import { type CellResult, type Estimate, STUDY_QUANTILES, type StudyQuantile, shareEstimate } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import type { CellTally } from './cell-tally.ts';
import type { OutcomeTally } from './outcome-tally.ts';

/**
 * Points of an ECDF at the most, which is more than any drawing shows. Those of a large grid share a total, down to as
 * many as tell a percent from the next: a page of megabytes for each hundred cells would be of no use to anybody.
 */
const ECDF_POINTS = { most: 400, ofAllCells: 100_000, least: 100 };

/** The figures of one cell. */
export function cellResult(cell: Study['cells'][number], tally: CellTally, study: Study): CellResult {
  const { outcomes, met } = tally;
  const { trials } = outcomes;
  const { rtoUs, rpoUs } = study.objectives;
  const share = (count: number): Estimate => shareEstimate(count, trials) as Estimate;
  const quantiles = Object.entries(STUDY_QUANTILES).map(([name, at]) => [name, outcomes.recovery.estimate(at)]);
  const recoveryTime = Object.fromEntries(quantiles) as CellResult['recoveryTime'];
  return {
    label: cell.label,
    levels: cell.levels,
    cost: cell.cost,
    trials,
    recoveryTime,
    ecdf: ecdfOf(outcomes, study.cells.length),
    never: share(outcomes.never),
    loses: share(outcomes.lossy),
    lostMax: outcomes.lostMax,
    lossSpanMaxUs: outcomes.lossSpanMaxUs,
    failedP50: outcomes.failed.estimate(0.5) as Estimate,
    indeterminateP50: outcomes.indeterminate.estimate(0.5) as Estimate,
    lostUpdatesP50: outcomes.lostUpdates.estimate(0.5) as Estimate,
    meets: {
      rto: rtoUs === null ? null : share(met.rto),
      rpo: rpoUs === null ? null : share(met.rpo),
      both: rtoUs === null && rpoUs === null ? null : share(met.both),
    },
    phases: {
      median: tally.phases.mean(recoveryTime.p50.value, recoveryTime.p50.value),
      tail: tally.phases.mean(recoveryTime.p99.value, Number.POSITIVE_INFINITY),
    },
    waterfall: (Object.keys(STUDY_QUANTILES) as StudyQuantile[]).map((quantile) => {
      const { value } = recoveryTime[quantile];
      return { quantile, phases: tally.phases.mean(value, value) };
    }),
    difference: tally.difference.estimate(0.5),
    precise: study.precision === null ? null : isPrecise(tally, study.precision),
  };
}

/** Whether the interval of the quantile is as narrow as was asked for. What is never known to end is never precise. */
export function isPrecise({ outcomes }: CellTally, { quantile, within }: NonNullable<Study['precision']>): boolean {
  const estimate = outcomes.recovery.estimate(quantile);
  if (estimate === null || estimate.low === null || estimate.high === null) return false;
  if (estimate.low === estimate.high) return true;
  return estimate.high - estimate.low <= 2 * within * estimate.value;
}

function ecdfOf({ recovery, trials }: OutcomeTally, cells: number): CellResult['ecdf'] {
  const { most, ofAllCells, least } = ECDF_POINTS;
  const pointsMax = Math.min(most, Math.max(least, Math.floor(ofAllCells / cells)));
  const points: { us: number; share: number }[] = [];
  let shown = 0;
  for (const { value, upTo } of recovery.steps()) {
    if (upTo - shown < trials / pointsMax && upTo < trials) continue;
    points.push({ us: value, share: upTo / trials });
    shown = upTo;
  }
  return points;
}
