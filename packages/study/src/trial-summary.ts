import type { TrialResult } from '@faultline/metrics';

/** What a study keeps of one trial: plain numbers, a few dozen bytes. Durations are microseconds. */
export interface TrialSummary {
  readonly trial: number;
  /** 0 when clients noticed nothing, Infinity when service did not come back before the run ended. */
  readonly recoveryUs: number;
  readonly failed: number;
  readonly indeterminate: number;
  /** Acknowledged writes that were gone, and how far back from the fault they reached. */
  readonly lost: number;
  readonly lossSpanUs: number;
  /** Acknowledged writes that a concurrent one overwrote. */
  readonly lostUpdates: number;
  readonly phases: readonly { readonly phase: string; readonly actor: string | null; readonly us: number }[];
  readonly steps: readonly { readonly step: string; readonly who: string; readonly done: boolean }[];
}

/** Takes the worst of several cohorts, and the sums over several databases. */
export function summarise(trial: number, result: TrialResult): TrialSummary {
  const { recovery, waterfalls, dataLoss, operatorSteps } = result;
  const longest = waterfalls.reduce<(typeof waterfalls)[number] | null>(
    (worst, one) => (worst && worst.toUs - worst.faultAtUs >= one.toUs - one.faultAtUs ? worst : one),
    null,
  );
  return {
    trial,
    recoveryUs: Math.max(0, ...recovery.map((one) => one.recoveryTimeUs ?? Number.POSITIVE_INFINITY)),
    failed: total(recovery.map((one) => one.overall.failed)),
    indeterminate: total(recovery.map((one) => one.overall.indeterminate)),
    lost: total(dataLoss.map((one) => one.lost)),
    lossSpanUs: Math.max(0, ...dataLoss.map((one) => one.spanUs)),
    lostUpdates: total(dataLoss.map((one) => one.lostUpdates)),
    phases: (longest?.segments ?? []).map(({ phase, actor, fromUs, toUs }) => ({ phase, actor, us: toUs - fromUs })),
    steps: operatorSteps.map(({ step, who, doneAtUs }) => ({ step, who, done: doneAtUs !== null })),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
