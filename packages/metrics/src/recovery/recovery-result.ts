import type { FaultLog } from '../fault-log.ts';
import type { CohortRecovery } from './cohort-recovery.ts';
import { type InterruptionSpan, interruptionSpans, outageSpans } from './interruption-spans.ts';

/** Outcomes of operations. Those in flight at the end of the run are in none of them. */
export interface OutcomeCounts {
  readonly ok: number;
  readonly failed: number;
  readonly indeterminate: number;
}

/**
 * What one cohort lived through with one kind of operation. Durations are in microseconds from `faultAtUs`;
 * null stands for never.
 */
export interface RecoveryResult {
  readonly cohort: string;
  readonly database: string;
  readonly action: 'write' | 'read';
  readonly clients: number;
  /** Whether anything went wrong after a fault. If not, all durations are 0. */
  readonly affected: boolean;
  /** `unconfirmed`: operations succeeded again, but the run ended before they had been stable for long enough. */
  readonly recovered: boolean | 'unconfirmed';
  /** The first fault that an interruption followed; the first fault at all when none did; null without faults. */
  readonly faultAtUs: number | null;
  readonly recoveryTimeUs: number | null;
  readonly timeToFirstSuccessUs: number | null;
  readonly clientsP99Us: number | null;
  readonly interruptions: readonly InterruptionSpan[];
  /** From the faults to the ends of their interruptions. */
  readonly outage: OutcomeCounts;
  readonly overall: OutcomeCounts;
  readonly unfinished: number;
}

/** What is known of a recovery at an instant. See `recovery.ts` for what the words mean. */
export function recoveryResult(
  cohort: CohortRecovery,
  faults: FaultLog,
  nowUs: number,
  stableForUs: number,
): RecoveryResult {
  const spans = interruptionSpans(cohort, faults);
  const [first] = spans;
  const last = spans.at(-1);
  const faultAtUs = first?.faultAtUs ?? faults.firstUs;
  const since = (atUs: number): number | null =>
    Number.isFinite(atUs) && faultAtUs !== null ? atUs - faultAtUs : null;
  const firstSuccessUs =
    first && Math.min(cohort.firstSuccessAfter(first.fromUs), first.toUs ?? Number.POSITIVE_INFINITY);
  const stableSinceUs = last ? (last.toUs ?? Number.POSITIVE_INFINITY) : (faults.lastUs ?? 0);
  return {
    cohort: cohort.cohort.cohort,
    database: cohort.cohort.database,
    action: cohort.action,
    clients: cohort.cohort.clients,
    affected: spans.length > 0,
    recovered:
      stableSinceUs === Number.POSITIVE_INFINITY ? false : stableSinceUs + stableForUs <= nowUs || 'unconfirmed',
    faultAtUs,
    recoveryTimeUs: last ? since(last.toUs ?? Number.POSITIVE_INFINITY) : 0,
    timeToFirstSuccessUs: firstSuccessUs === undefined ? 0 : since(firstSuccessUs),
    clientsP99Us: faultAtUs === null ? 0 : since(cohort.mostClientsWorkUs(faultAtUs)),
    interruptions: spans,
    outage: cohort.outage(outageSpans(spans)),
    overall: { ...cohort.overall },
    unfinished: cohort.unfinished,
  };
}
