import { constant, lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';
import { rdsInstanceTimings } from '../rds/rds-timings.ts';

const PROMOTE = 'Amazon RDS User Guide, USER_ReadRepl.Promote';

/** Default durations of a read replica and of its promotion. */
export const readReplicaTimings = {
  ...rdsInstanceTimings,
  breakNotice: timing(
    lognormal({ median: '60s', p95: '2m' }),
    'a broken replication connection lasts this long before RDS-EVENT-0045 says that replication has stopped',
    'assumed',
    'not published; a connection that is made again within seconds shows no event',
    '2026-11',
  ),
  replicationTimeout: timing(
    constant('30d'),
    'replication that stands still this long is terminated for good',
    'documented',
    'Amazon RDS User Guide, USER_ReadRepl.Monitoring: more than 30 consecutive days',
    '2026-04',
  ),
  alarm: timing(
    lognormal({ median: '3m', p95: '6m' }),
    "the customer's own alarm on the lost source goes off",
    'assumed',
    'a metric alarm over three periods of one minute; nobody else watches: a replica is never promoted automatically',
    '2026-11',
  ),
  promotion: timing(
    lognormal({ median: '3m', p95: '8m' }),
    'from stopped replication to a standalone instance that starts',
    'documented',
    `${PROMOTE}: a few minutes, longer depending on the size of the replica; the spread is ours`,
    '2026-04',
  ),
} as const;

export type ReadReplicaTiming = keyof typeof readReplicaTimings;
