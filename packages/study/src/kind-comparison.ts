import {
  ascending,
  type Estimate,
  type KindComparison,
  pairedDifference,
  quantile,
  quantileEstimate,
  SEGMENT_PHASES,
  shareEstimate,
} from '@faultline/metrics';
import type { BillingFactors, DeploymentKind } from '@faultline/models';
import type { Actor } from '@faultline/trace';
import type { TrialColumns } from './trial-columns.ts';

/** The figures of one kind, without the comparison to another. */
export function kindResult(
  kind: DeploymentKind,
  deployed: string,
  columns: TrialColumns,
  billing: BillingFactors,
  speaksOfIt: boolean,
): KindComparison {
  const { trials } = columns;
  const recovery = ascending(columns.recoveryUs);
  const lost = ascending(columns.lost);
  const documented = speaksOfIt ? kind.documentedOutage : undefined;
  return {
    kind: kind.id,
    title: kind.title,
    deployed,
    recoveryTime: {
      p50: quantileEstimate(recovery, 0.5),
      p95: quantileEstimate(recovery, 0.95),
      p99: quantileEstimate(recovery, 0.99),
    },
    never: share(recovery.filter((value) => value === Number.POSITIVE_INFINITY).length, trials),
    dataLoss: {
      trials: share(lost.filter((value) => value > 0).length, trials),
      p50: quantile(lost, 0.5),
      max: quantile(lost, 1),
      spanMaxUs: columns.lossSpanMaxUs,
      lostUpdatesP50: quantile(ascending(columns.lostUpdates), 0.5),
    },
    failed: quantileEstimate(ascending(columns.failed), 0.5),
    indeterminate: quantileEstimate(ascending(columns.indeterminate), 0.5),
    phases: phasesOf(columns),
    operatorSteps: [...columns.steps.values()].map(({ step, who, called, done }) => ({
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

/** Sets every kind against the one with the shortest median, trial by trial. */
export function withDifferences(
  kinds: readonly { readonly result: KindComparison; readonly columns: TrialColumns }[],
): readonly KindComparison[] {
  const best = kinds.reduce(
    (a, b) => (b.result.recoveryTime.p50.value < a.result.recoveryTime.p50.value ? b : a),
    kinds[0] as (typeof kinds)[number],
  );
  return kinds.map((one) => {
    if (one === best) return one.result;
    const estimate = pairedDifference(one.columns.recoveryUs, best.columns.recoveryUs);
    return { ...one.result, difference: { against: best.result.kind, estimate } };
  });
}

function phasesOf(columns: TrialColumns): KindComparison['phases'] {
  return SEGMENT_PHASES.flatMap((phase) => {
    const column = columns.phases.get(phase);
    const medianUs = column ? quantile(ascending(column.us), 0.5) : 0;
    return column && medianUs > 0 ? [{ phase, actor: mostCommon(column.actors) as Actor | null, medianUs }] : [];
  });
}

function mostCommon(counts: ReadonlyMap<string | null, number>): string | null {
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function share(count: number, of: number): Estimate {
  return shareEstimate(count, of) as Estimate;
}
