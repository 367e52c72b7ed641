import { ascending, quantile } from '@faultline/metrics';
import type { OpRecord, TraceRecord } from '@faultline/trace';
import type { Watch } from './watch.ts';

const US_PER_SECOND = 1_000_000;

/** A quantile of how long acknowledged operations took that were sent at or after `fromUs`, in microseconds. */
export function latencyQuantile(cohort: string, share: number, fromUs: number): Watch {
  const took: number[] = [];
  return overOperations(
    cohort,
    fromUs,
    (op) => took.push(op.atUs - op.invokedAtUs),
    () => (took.length === 0 ? null : quantile(ascending(took), share)),
  );
}

/** Acknowledged operations for each second from `fromUs` to `toUs`. */
export function throughput(cohort: string, fromUs: number, toUs: number): Watch {
  let count = 0;
  return overOperations(
    cohort,
    fromUs,
    () => count++,
    () => (count * US_PER_SECOND) / (toUs - fromUs),
  );
}

/** These need the whole run: they are never settled. */
function overOperations(
  cohort: string,
  fromUs: number,
  take: (op: OpRecord) => void,
  value: () => number | null,
): Watch {
  const add = (record: TraceRecord): void => {
    if (record.type === 'op' && record.cohort === cohort && record.outcome === 'ok' && record.invokedAtUs >= fromUs)
      take(record);
  };
  return { add, settled: false, value };
}
