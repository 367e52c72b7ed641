import { lognormal, SECOND_US } from '@faultline/clock';
import { z } from 'zod';
import { clientActs } from '../client-acts.ts';
import type { DeploymentKind } from '../kind.ts';
import { quantity } from '../quantity.ts';
import { logRate } from '../rds/log-rate.ts';
import { rdsClusterEvents } from '../rds/rds-cluster-events.ts';
import { applyWork, logUploadInterval, RDS_DNS_TTL_US, recoveryWith, volumeFlush } from '../rds/rds-data.ts';
import { rdsInstanceEvents } from '../rds/rds-events.ts';
import { rdsProxy } from '../rds/rds-proxy.ts';
import { transactionsOf } from '../transactions.ts';
import type { MultiAzClusterInput } from './multi-az-cluster.contract.ts';
import { multiAzClusterMachine } from './multi-az-cluster.machine.ts';
import { multiAzClusterTimings } from './multi-az-cluster.timings.ts';
import { placementProblems } from './placement-problems.ts';

const parameters = z.strictObject({
  writer: z.string(),
  readers: z.tuple([z.string(), z.string()]),
  logRate: logRate.optional(),
});

type Parameters = z.output<typeof parameters>;

const GUIDE = 'Amazon RDS User Guide, multi-az-db-clusters-concepts';
const FAILOVER = 'Amazon RDS User Guide, multi-az-db-clusters-concepts-failover';

const flowControlLag = quantity(
  120,
  's',
  'replica lag from which the writer is slowed down',
  'documented',
  `${GUIDE}: rpl_semi_sync_master_target_apply_lag 120 s; flow_control.target_standby_apply_lag 2 min`,
  '2026-04',
);

const rebuildSlowdown = quantity(
  1,
  'times',
  'write latency while a reader is made again',
  'assumed',
  'not published; a new reader is filled from a backup, not by the writer',
  '2026-11',
);

/** A writer and two readable standbys: Amazon RDS Multi-AZ DB cluster deployment. */
export const multiAzCluster: DeploymentKind<Parameters> = {
  id: 'rds.multi-az-cluster',
  title: 'RDS Multi-AZ DB cluster',
  summary: 'A writer and two readers in three AZs; a commit needs one reader, and readers serve reads and take over.',
  promises: [
    {
      claim: 'A commit is acknowledged when at least one reader has acknowledged it.',
      source: GUIDE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A lost writer is replaced by the reader with the most recent change record.',
      source: FAILOVER,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'A failover typically takes less than 35 seconds; replica lag makes it longer.',
      source: FAILOVER,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim:
        'MySQL: both readers apply what they received before one is promoted. PostgreSQL: only the one with the lowest lag does.',
      source: GUIDE,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'Any failover resolves the replica lag before it promotes a reader.',
      source: `${GUIDE}, "Replica lag and Multi-AZ DB clusters"`,
      date: '2026-11',
      grade: 'documented',
    },
    {
      claim: 'Rebooting the writer does not fail over.',
      source: 'Amazon RDS User Guide, multi-az-db-clusters-concepts-rebooting',
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'Deleting it terminates all members, and its read replicas are promoted to standalone instances.',
      source: 'Amazon RDS API Reference, DeleteDBCluster',
      date: '2026-11',
      grade: 'documented',
    },
    {
      claim: 'Writes are slowed down while a reader is more than 2 minutes behind.',
      source: GUIDE,
      date: '2026-04',
      grade: 'documented',
    },
  ],
  engines: ['postgres', 'mysql'],
  parameters,
  example: 'writer: use1-az1\nreaders: [use1-az2, use1-az3]',
  check: placementProblems,
  layout(given, placement) {
    const { name, engine } = placement;
    const [writer, first, second] = [`${name}-1`, `${name}-2`, `${name}-3`];
    const region = placement.regionOf(given.writer) as string;
    const readers = [
      { id: first, az: given.readers[0] },
      { id: second, az: given.readers[1] },
    ];
    const input: MultiAzClusterInput = {
      engine: engine === 'mysql' ? 'mysql' : 'postgres',
      writer,
      readers: [first, second],
    };
    return {
      nodes: [
        { id: writer, az: given.writer, region, role: 'writer', readable: true, writable: true },
        ...readers.map((reader) => ({ ...reader, region, role: 'reader', readable: true, writable: false })),
      ],
      replication: {
        rule: 'log',
        writer,
        volume: 'own',
        streams: readers.map(({ id, az }) => ({ to: id, az, region, durable: true, replays: true })),
        acks: 1,
        flush: volumeFlush,
        apply: applyWork,
        rebuildSlowdown,
        recovery: recoveryWith(given.logRate),
        logUploadInterval,
        ...transactionsOf(engine),
        flowControlLag,
        // Documented: an instance read replica of a cluster is fed by one of its readers.
        followersReadFrom: 'copies',
      },
      endpoints: [
        { id: 'writer', nodes: [writer], ttlUs: RDS_DNS_TTL_US, serves: 'both' },
        { id: 'reader', nodes: [first, second], ttlUs: RDS_DNS_TTL_US, serves: 'read' },
        ...[writer, first, second].map((id) => ({ id, nodes: [id], ttlUs: RDS_DNS_TTL_US, serves: 'both' as const })),
      ],
      charts: [{ id: name, nodes: [writer, first, second], input: { ...input } }],
    };
  },
  comparison(regions) {
    const [[writer, ...others] = []] = Object.values(regions);
    return {
      deployed: 'a writer and two readers in three AZs',
      databases: { orders: { model: 'rds.multi-az-cluster', writer, readers: others.slice(0, 2) } },
      writer: 'orders.writer',
      plannedFailover: { request: 'failover', of: 'orders' },
    };
  },
  roles: ['writer', 'reader'],
  requests: ['failover', 'reboot', 'delete'],
  machine: multiAzClusterMachine,
  timings: multiAzClusterTimings,
  operatorSteps: {
    'restore-cluster': {
      meaning: 'decide that no instance will come back in time, and restore the cluster from its backups',
      reaction: lognormal({ median: '30m', p95: '2h' }),
      source: 'a person has to be called, look, and decide to give up recent writes; no figure is published',
      date: '2026-11',
      grade: 'assumed',
    },
  },
  events: { ...rdsInstanceEvents, ...rdsClusterEvents },
  metricNames: { replicaLagMs: 'ReplicaLag', writeLatencyMs: 'WriteLatency', connections: 'DatabaseConnections' },
  acts: {
    detection: 'provider',
    decision: 'provider',
    promotion: 'provider',
    recovery: 'provider',
    'endpoint-change': 'provider',
    ...clientActs,
  },
  proxy: rdsProxy,
  billing: () => ({
    instances: 3,
    storageCopies: 3,
    crossAzTransfers: 0,
    crossRegionTransfers: 0,
    note: 'replication between the AZs of a Multi-AZ cluster is not billed',
  }),
  documentedOutage: {
    meaning: 'failover with little replica lag; typical, and published as an upper bound only',
    lowUs: 0,
    highUs: 35 * SECOND_US,
    source: FAILOVER,
    date: '2026-04',
    grade: 'documented',
  },
};
