import { type Estimate, type KindComparison, shareEstimate } from '@faultline/metrics';
import type { BillingFactors, DeploymentKind } from '@faultline/models';
import type { KindTally } from './kind-tally.ts';
import type { PairwiseDifferences } from './pairwise-differences.ts';

/** The figures of one kind, of at least one trial, without the comparison to another. */
export function kindResult(
  kind: DeploymentKind,
  deployed: string,
  { outcomes, phases, steps }: KindTally,
  billing: BillingFactors,
  speaksOfIt: boolean,
): KindComparison {
  const { trials, recovery } = outcomes;
  const share = (count: number): Estimate => shareEstimate(count, trials) as Estimate;
  const documented = speaksOfIt ? kind.documentedOutage : undefined;
  return {
    kind: kind.id,
    title: kind.title,
    deployed,
    recoveryTime: {
      p50: recovery.estimate(0.5) as Estimate,
      p95: recovery.estimate(0.95) as Estimate,
      p99: recovery.estimate(0.99) as Estimate,
    },
    never: share(outcomes.never),
    dataLoss: {
      trials: share(outcomes.lossy),
      p50: (outcomes.lost.estimate(0.5) as Estimate).value,
      max: outcomes.lostMax,
      spanMaxUs: outcomes.lossSpanMaxUs,
      lostUpdatesP50: (outcomes.lostUpdates.estimate(0.5) as Estimate).value,
    },
    failed: outcomes.failed.estimate(0.5) as Estimate,
    indeterminate: outcomes.indeterminate.estimate(0.5) as Estimate,
    phases: phases.result(),
    operatorSteps: steps.map(({ step, who, called, done }) => ({
      step,
      who,
      calledShare: called / trials,
      doneShare: done / trials,
    })),
    billing,
    documented: documented ? { lowUs: documented.lowUs, highUs: documented.highUs, source: documented.source } : null,
    difference: null,
  };
}

/** Sets every kind against the one with the shortest median, trial by trial; `differences` has them in the same order. */
export function withDifferences(
  kinds: readonly KindComparison[],
  differences: PairwiseDifferences,
): readonly KindComparison[] {
  const medians = kinds.map(({ recoveryTime }) => recoveryTime.p50.value);
  const best = medians.reduce((a, median, place) => (median < (medians[a] as number) ? place : a), 0);
  return kinds.map((one, place) => {
    if (place === best) return one;
    const estimate = differences.median(place, best);
    return { ...one, difference: { against: (kinds[best] as KindComparison).kind, estimate } };
  });
}
