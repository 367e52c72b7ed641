import type { FaultLog } from '../fault-log.ts';
import type { CohortRecovery } from './cohort-recovery.ts';

export interface InterruptionSpan {
  /** The fault that came before it: the newest that had begun. */
  readonly faultAtUs: number;
  /** Invocation of the first operation that went wrong; the fault itself for one that was in flight. */
  readonly fromUs: number;
  /** When operations succeeded again; null when they never did. */
  readonly toUs: number | null;
}

/** From each fault to the end of its interruption, none overlapping another. */
export function outageSpans(
  interruptions: readonly InterruptionSpan[],
): readonly { readonly fromUs: number; readonly toUs: number }[] {
  return interruptions.map(({ faultAtUs, toUs }, index) => ({
    fromUs: Math.max(faultAtUs, interruptions[index - 1]?.toUs ?? 0),
    toUs: toUs ?? Number.POSITIVE_INFINITY,
  }));
}

/** The interruptions of a cohort so far, each with the fault before it. */
export function interruptionSpans(cohort: CohortRecovery, faults: FaultLog): readonly InterruptionSpan[] {
  return cohort.interruptions.map(({ fromUs, endUs }) => ({
    faultAtUs: faults.latestUpTo(fromUs) ?? fromUs,
    fromUs,
    toUs: Number.isFinite(endUs) ? endUs : null,
  }));
}
