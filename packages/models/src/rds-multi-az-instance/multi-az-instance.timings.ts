import { lognormal, uniform } from '@faultline/clock';
import { timing } from '../quantity.ts';

const PROBE = 'public log of forced failovers of an idle RDS PostgreSQL 16.13 db.t3.micro, probed every 250 ms with a new connection';
const PROBE_DATE = '2026-10';
const FAILOVER = 'Amazon RDS User Guide, Concepts.MultiAZ.Failover';

/**
 * Default durations of a failover of a Multi-AZ DB instance.
 *
 * The documentation gives only the whole: "typically 60-120 seconds", longer with large transactions or a
 * lengthy recovery. The parts come from one measurement of the order of events, or are assumptions that say so.
 * Crash recovery is no timing: the data plane computes it from the log since the last checkpoint.
 */
export const multiAzInstanceTimings = {
  detection: timing(
    lognormal({ median: '18s', p95: '40s' }),
    'from the first failed health check of the primary to the decision to fail over',
    'assumed',
    `${FAILOVER} publishes no detection time; a few checks of several seconds each`,
    '2026-04',
  ),
  crashNotice: timing(lognormal({ median: '3s', p95: '10s' }), 'until the host notices that the process died', 'assumed', 'host agents poll every few seconds; not published', '2026-11'),
  standbyDetach: timing(
    lognormal({ median: '8s', p95: '25s' }),
    'writes stall from the loss of the standby until the primary may go on alone',
    'assumed',
    'not published; the mirror is dropped after an I/O time-out and a decision of the control plane',
    '2026-11',
  ),
  fencing: timing(uniform('0s', '5s'), 'writes fail at the old primary before the failover is announced', 'measured', `${PROBE}: 0-5.01 s before RDS-EVENT-0013`, PROBE_DATE),
  promotion: timing(
    lognormal({ median: '16s', p95: '34s' }),
    'the old primary is cut off and the standby host takes over the volume',
    'measured',
    `${PROBE}: about 9 s when repeated soon after, some 15 s more at the first failover of an instance`,
    PROBE_DATE,
  ),
  engineStart: timing(lognormal({ median: '1500ms', p95: '4s' }), 'start of the database process before redo', 'measured', `${PROBE}: 1.3 s from start to RDS-EVENT-0006`, PROBE_DATE),
  endpointUpdate: timing(lognormal({ median: '3s', p95: '9s' }), 'until the DNS record of the endpoint is changed', 'measured', `${PROBE}: 4.2 s from restart to the first connection, cached answers included`, PROBE_DATE),
  dnsPropagation: timing(lognormal({ median: '500ms', p95: '3s' }), 'until all authoritative servers give the new answer', 'assumed', 'RDS-EVENT-0015 says that it may take several minutes; usually it does not show', '2026-04'),
  completionNotice: timing(uniform('3s', '42s'), 'from usable to the event that says so', 'measured', `${PROBE}: RDS-EVENT-0049 3-42 s after the database is usable`, PROBE_DATE),
  hostReplacement: timing(lognormal({ median: '4m', p95: '12m' }), 'a new host for an instance whose host is lost', 'assumed', 'not published; launch of an EC2 instance, attachment of its volume, configuration', '2026-11'),
  standbyRebuild: timing(lognormal({ median: '5m', p95: '30m' }), 'copying what the standby lacks', 'assumed', 'Amazon RDS User Guide, CHAP_BestPractices: elevated latencies until it has caught up; no number', '2026-04'),
  reboot: timing(lognormal({ median: '6s', p95: '15s' }), 'orderly shutdown before a restart', 'measured', 'AWS re:Post rds-connections-reboot-failover: 11 s in all for a reboot without failover', '2026-04'),
} as const;

export type MultiAzInstanceTiming = keyof typeof multiAzInstanceTimings;
