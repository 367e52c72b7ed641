import { lognormal, MINUTE_US } from '@faultline/clock';
import { z } from 'zod';
import { clientActs } from '../client-acts.ts';
import type { DeploymentKind } from '../kind.ts';
import { logRate } from '../rds/log-rate.ts';
import { applyWork, RDS_DNS_TTL_US, recoveryWith, volumeFlush } from '../rds/rds-data.ts';
import { rdsInstanceEvents } from '../rds/rds-events.ts';
import { transactionsOf } from '../transactions.ts';
import { replicaProblems } from './placement-problems.ts';
import { readReplicaMachine } from './read-replica.machine.ts';
import { readReplicaTimings } from './read-replica.timings.ts';

const parameters = z.strictObject({
  source: z.string(),
  az: z.string(),
  logRate: logRate.optional(),
});

type Parameters = z.output<typeof parameters>;

const GUIDE = 'Amazon RDS User Guide, USER_ReadRepl';
const PROMOTE = 'Amazon RDS User Guide, USER_ReadRepl.Promote';

/** An asynchronous copy of another RDS database: Amazon RDS read replica. */
export const readReplica: DeploymentKind<Parameters> = {
  id: 'rds.read-replica',
  title: 'RDS read replica',
  summary:
    'A source and an asynchronous replica that serves reads; its customer promotes it and points the clients at it.',
  promises: [
    {
      claim: 'Replication is asynchronous: the replica may lack what the source has acknowledged.',
      source: GUIDE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'It is never promoted automatically; a promotion cannot be undone.',
      source: PROMOTE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim:
        'Promoting a replica stops its replication, reboots it and leaves a standalone instance; its siblings go on, and its own replicas follow it.',
      source: PROMOTE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A replica of a Multi-AZ source follows the new primary by itself after a failover.',
      source:
        'Amazon RDS User Guide, USER_MySQL.Replication.ReadReplicas and USER_PostgreSQL.Replication.ReadReplicas (PostgreSQL 13 and higher without a restart)',
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim:
        'When its source is deleted, a replica in the same Region is promoted; in another Region it is promoted too, but with PostgreSQL its replication is terminated.',
      source: 'Amazon RDS User Guide, USER_ReadRepl and USER_ReadRepl.XRgn',
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'Replication that stands still for more than 30 days is terminated.',
      source: 'Amazon RDS User Guide, USER_ReadRepl.Monitoring',
      date: '2026-04',
      grade: 'documented',
    },
  ],
  engines: ['postgres', 'mysql', 'mariadb', 'oracle', 'sqlserver', 'db2'],
  parameters,
  example: 'source: orders\naz: use1-az2',
  check: (given, placement) => replicaProblems(given, placement),
  layout(given, placement) {
    const { name } = placement;
    const replica = `${name}-1`;
    const region = placement.regionOf(given.az) as string;
    return {
      nodes: [{ id: replica, az: given.az, region, role: 'replica', readable: true, writable: false }],
      replication: {
        rule: 'follower',
        source: given.source,
        node: replica,
        apply: applyWork,
        flush: volumeFlush,
        recovery: recoveryWith(given.logRate),
        ...transactionsOf(placement.engine),
      },
      endpoints: [{ id: 'instance', nodes: [replica], ttlUs: RDS_DNS_TTL_US, serves: 'both' }],
      charts: [{ id: name, nodes: [replica], input: { replica, region, engine: placement.engine } }],
    };
  },
  comparison(regions) {
    const [[az, otherAz] = [], [elsewhere] = []] = Object.values(regions);
    return {
      deployed: `a single-AZ source, and a replica in ${elsewhere === undefined ? 'another AZ' : 'another Region'} that a person promotes`,
      databases: {
        orders: { model: 'rds.single-az', az },
        'orders-replica': { model: 'rds.read-replica', source: 'orders', az: elsewhere ?? otherAz },
      },
      writer: 'orders.instance',
      operators: {
        oncall: {
          database: 'orders-replica',
          repoint: [{ after: 'repoint-clients', client: 'checkout', to: 'orders-replica' }],
        },
      },
      plannedFailover: { request: 'promote', of: 'orders-replica' },
    };
  },
  roles: ['replica', 'instance'],
  requests: ['promote', 'stop-replication', 'start-replication', 'reboot', 'delete'],
  machine: readReplicaMachine,
  timings: readReplicaTimings,
  operatorSteps: {
    'promote-replica': {
      meaning: 'decide that the source is lost for long enough, and promote the replica in its stead',
      reaction: lognormal({ median: '10m', p95: '30m' }),
      source: `${PROMOTE} leaves it to the customer; the decision gives up what the replica has not received`,
      date: '2026-11',
      grade: 'assumed',
    },
    'repoint-clients': {
      meaning: 'configure the clients with the endpoint of the promoted replica, and roll that out',
      reaction: lognormal({ median: '3m', p95: '10m' }),
      source: `${PROMOTE}: the promoted instance keeps its own endpoint; how fast an application takes another one is its own affair`,
      date: '2026-11',
      grade: 'assumed',
    },
  },
  events: rdsInstanceEvents,
  metricNames: { replicaLagMs: 'ReplicaLag', connections: 'DatabaseConnections' },
  acts: {
    detection: 'customer',
    decision: 'customer',
    promotion: 'provider',
    recovery: 'provider',
    'endpoint-change': 'customer',
    ...clientActs,
  },
  billing: () => ({
    instances: 1,
    storageCopies: 1,
    crossAzTransfers: 0,
    crossRegionTransfers: 1,
    note: 'for the replica alone, beside its source; replication inside a Region is not billed, to another Region it is',
  }),
  documentedOutage: {
    meaning:
      'a promotion, from the command to an instance that is available: "a few minutes", longer for large replicas',
    lowUs: 2 * MINUTE_US,
    highUs: 10 * MINUTE_US,
    source: PROMOTE,
    date: '2026-04',
    grade: 'documented',
  },
};
