import { lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';

const FAILOVER = 'Amazon RDS User Guide, multi-az-db-clusters-concepts-failover';
const PROBE =
  'public log of forced failovers of an idle RDS PostgreSQL 16.13 db.t3.micro, probed every 250 ms with a new connection';

/**
 * Default durations of a Multi-AZ DB cluster.
 *
 * The documentation gives only the whole: "typically under 35 seconds", depending on replica lag. No part of it is
 * published, and no measurement of one was found: the parts are what the mechanism needs (a few failed health
 * checks; a promotion of a process that runs already, without a restart; a changed DNS record), and say so.
 * How long a reader needs to apply what it received is no timing: the data plane computes it from the lag.
 */
export const multiAzClusterTimings = {
  detection: timing(
    lognormal({ median: '6s', p95: '12s' }),
    'from the first failed health check of the writer to the decision to fail over',
    'assumed',
    `${FAILOVER}: typically under 35 s in all; three failed checks two seconds apart leave room for the rest`,
    '2026-04',
  ),
  crashNotice: timing(
    lognormal({ median: '3s', p95: '10s' }),
    'until the host notices that the process died',
    'assumed',
    'host agents poll every few seconds; not published',
    '2026-11',
  ),
  decision: timing(
    lognormal({ median: '800ms', p95: '2500ms' }),
    'the writer is fenced and the readers are asked for their positions',
    'assumed',
    `${FAILOVER}: RDS chooses the reader with the most recent change record; no duration`,
    '2026-04',
  ),
  promotion: timing(
    lognormal({ median: '2500ms', p95: '6s' }),
    'the chosen reader becomes a writer and the other one follows it',
    'assumed',
    'a running engine leaves read-only mode (pg_promote, or the end of replication in MySQL) without a restart',
    '2026-11',
  ),
  engineStart: timing(
    lognormal({ median: '1500ms', p95: '4s' }),
    'start of the database process before redo',
    'measured',
    `${PROBE}: 1.3 s from start to RDS-EVENT-0006`,
    '2026-10',
  ),
  endpointUpdate: timing(
    lognormal({ median: '3s', p95: '8s' }),
    'until the DNS record of the cluster endpoint is changed',
    'measured',
    `${PROBE}, a Multi-AZ DB instance: 4.2 s from restart to the first connection, cached answers included`,
    '2026-10',
  ),
  dnsPropagation: timing(
    lognormal({ median: '500ms', p95: '3s' }),
    'until all authoritative servers give the new answer',
    'assumed',
    'not published; usually it does not show beside the TTL of 5 s',
    '2026-11',
  ),
  readerRemoval: timing(
    lognormal({ median: '10s', p95: '25s' }),
    'until a lost reader is taken out of the reader endpoint',
    'assumed',
    'Amazon RDS User Guide, multi-az-db-clusters-concepts-connection-management: connections go to available readers; no duration',
    '2026-04',
  ),
  hostReplacement: timing(
    lognormal({ median: '4m', p95: '12m' }),
    'until an instance whose host is lost is given up and gets a new host',
    'assumed',
    'not published; launch of an EC2 instance and its configuration',
    '2026-11',
  ),
  readerRebuild: timing(
    lognormal({ median: '10m', p95: '45m' }),
    'filling the empty storage of a new host',
    'assumed',
    'not published; depends on the size of the database (100 GB at 150-200 MB/s take some 10 min)',
    '2026-11',
  ),
  reboot: timing(
    lognormal({ median: '6s', p95: '15s' }),
    'orderly shutdown before a restart',
    'measured',
    'AWS re:Post rds-connections-reboot-failover: 11 s in all for a reboot without failover',
    '2026-04',
  ),
  restore: timing(
    lognormal({ median: '40m', p95: '3h' }),
    'a cluster is made from the last backup and its logs',
    'assumed',
    'Amazon RDS User Guide, USER_PIT publishes no duration; depends on the size of the database',
    '2026-04',
  ),
} as const;

export type MultiAzClusterTiming = keyof typeof multiAzClusterTimings;
