import { lognormal, uniform } from '@faultline/clock';
import { timing } from '../quantity.ts';
import { rdsInstanceTimings } from '../rds/rds-timings.ts';
import { restoreTimings } from '../rds/restore.ts';

const PROBE =
  'public log of forced failovers of an idle RDS PostgreSQL 16.13 db.t3.micro, probed every 250 ms with a new connection';
const PROBE_DATE = '2026-10';

/**
 * Default durations of a failover of a Multi-AZ DB instance.
 *
 * The documentation gives only the whole: "typically 60-120 seconds", longer with large transactions or a
 * lengthy recovery. The parts come from one measurement of the order of events, or are assumptions that say so.
 * Crash recovery is no timing: the data plane computes it from the log since the last checkpoint.
 */
export const multiAzInstanceTimings = {
  ...rdsInstanceTimings,
  standbyDetach: timing(
    lognormal({ median: '8s', p95: '25s' }),
    'writes stall from the loss of the standby until the primary may go on alone',
    'assumed',
    'not published; the mirror is dropped after an I/O time-out and a decision of the control plane',
    '2026-11',
  ),
  fencing: timing(
    uniform('0s', '5s'),
    'writes fail at the old primary, which still serves reads, before the failover is announced',
    'measured',
    `${PROBE}: writes fail 0-5.01 s before RDS-EVENT-0013, reads within 0.15 s of it`,
    PROBE_DATE,
  ),
  promotion: timing(
    lognormal({ median: '23s', p95: '33s' }),
    'the standby host takes over the volume, having never run the engine',
    'measured',
    `${PROBE}: write gaps of 20.5-39.1 s at the first failover of an instance, of which some 10 s are other parts`,
    PROBE_DATE,
  ),
  promotionWarm: timing(
    lognormal({ median: '9s', p95: '12s' }),
    'the same on a host that was the primary before',
    'measured',
    `${PROBE}: write gaps of 16.8-20.7 s when repeated soon after; 9.2 s from RDS-EVENT-0013 to the start of the engine`,
    PROBE_DATE,
  ),
  endpointUpdate: timing(
    lognormal({ median: '3s', p95: '9s' }),
    'until the DNS record of the endpoint is changed',
    'measured',
    `${PROBE}: 4.2 s from restart to the first connection, cached answers included`,
    PROBE_DATE,
  ),
  completionNotice: timing(
    uniform('3s', '42s'),
    'from usable to the event that says so',
    'measured',
    `${PROBE}: RDS-EVENT-0049 3-42 s after the database is usable`,
    PROBE_DATE,
  ),
  standbyRebuild: timing(
    lognormal({ median: '6m', p95: '15m' }),
    'copying what the standby lacks',
    'assumed',
    'Amazon RDS User Guide, CHAP_BestPractices: elevated latencies until it has caught up; no number',
    '2026-04',
  ),
  ...restoreTimings,
} as const;

export type MultiAzInstanceTiming = keyof typeof multiAzInstanceTimings;
