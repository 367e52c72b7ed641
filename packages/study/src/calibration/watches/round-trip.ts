import { ascending, quantile } from '@faultline/metrics';
import type { Watch } from './watch.ts';

/**
 * The way to a host and back, as a quantile of a cohort's refused connections: a host whose server is down, or not yet
 * up, answers at once, as it answers a ping.
 */
export function roundTrip(cohort: string, share: number): Watch {
  const took: number[] = [];
  return {
    add(record) {
      if (
        record.type !== 'connect' ||
        record.cohort !== cohort ||
        (record.outcome !== 'refused' && record.outcome !== 'starting')
      )
        return;
      took.push(record.atUs - record.startedAtUs);
    },
    settled: false,
    value: () => (took.length === 0 ? null : quantile(ascending(took), share)),
  };
}
