import { lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';

const PROBE =
  'public log of forced failovers of an idle RDS PostgreSQL 16.13 db.t3.micro, probed every 250 ms with a new connection';

/**
 * Durations that every RDS instance has, whatever its deployment: noticing, starting, replacing a host.
 * One name is one purpose, so that comparisons of deployments draw the same numbers for it.
 */
export const rdsInstanceTimings = {
  detection: timing(
    lognormal({ median: '18s', p95: '40s' }),
    'from the first failed health check to the decision that the instance is lost',
    'assumed',
    'Amazon RDS User Guide, Concepts.MultiAZ.Failover, publishes no detection time; a few checks of several seconds each',
    '2026-04',
  ),
  crashNotice: timing(
    lognormal({ median: '3s', p95: '10s' }),
    'until the host notices that the process died',
    'assumed',
    'host agents poll every few seconds; not published',
    '2026-11',
  ),
  engineStart: timing(
    lognormal({ median: '1500ms', p95: '4s' }),
    'start of the database process before redo',
    'measured',
    `${PROBE}: 1.3 s from start to RDS-EVENT-0006`,
    '2026-10',
  ),
  hostReplacement: timing(
    lognormal({ median: '4m', p95: '12m' }),
    'a new host for an instance whose host is lost',
    'assumed',
    'not published; launch of an EC2 instance, attachment of its volume, configuration',
    '2026-11',
  ),
  reboot: timing(
    lognormal({ median: '6s', p95: '15s' }),
    'orderly shutdown before a restart',
    'measured',
    'AWS re:Post rds-connections-reboot-failover: 11 s in all for a reboot without failover',
    '2026-04',
  ),
  dnsPropagation: timing(
    lognormal({ median: '500ms', p95: '3s' }),
    'until all authoritative servers give the new answer',
    'assumed',
    'RDS-EVENT-0015 says that it may take several minutes; usually it does not show',
    '2026-04',
  ),
} as const;
