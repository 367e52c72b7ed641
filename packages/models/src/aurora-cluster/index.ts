import { lognormal, MINUTE_US } from '@faultline/clock';
import { clientActs } from '../client-acts.ts';
import type { DeploymentKind } from '../kind.ts';
import { rdsClusterEvents } from '../rds/rds-cluster-events.ts';
import { rdsInstanceEvents } from '../rds/rds-events.ts';
import { rdsProxy } from '../rds/rds-proxy.ts';
import { auroraClusterLayout } from './aurora-cluster.layout.ts';
import { auroraClusterMachine } from './aurora-cluster.machine.ts';
import {
  type AuroraClusterParameters,
  auroraClusterParameters,
  checkAuroraCluster,
} from './aurora-cluster.parameters.ts';
import { auroraClusterTimings } from './aurora-cluster.timings.ts';

const HIGH_AVAILABILITY = 'Amazon Aurora User Guide, Concepts.AuroraHighAvailability';
const SIGMOD_2017 =
  'Verbitski et al., Amazon Aurora: Design Considerations for High Throughput Cloud-Native Relational Databases, SIGMOD 2017';
const SIGMOD_2018 =
  'Verbitski et al., Amazon Aurora: On Avoiding Distributed Consensus for I/Os, Commits, and Membership Changes, SIGMOD 2018';

/** A writer and readers on one shared volume: Amazon Aurora DB cluster. */
export const auroraCluster: DeploymentKind<AuroraClusterParameters> = {
  id: 'aurora.cluster',
  title: 'Aurora DB cluster',
  summary:
    'A writer and up to 15 readers on a shared volume with six copies in three AZs; a reader takes over without loss.',
  promises: [
    {
      claim: 'A write is acknowledged when four of six copies hold it, two in each of three AZs.',
      source: `${SIGMOD_2017}, section 2.1`,
      date: '2017-05',
      grade: 'documented',
    },
    {
      claim: 'Losing an AZ stops no writes; losing an AZ and one more copy stops no reads.',
      source: `${SIGMOD_2017}, section 2.1`,
      date: '2017-05',
      grade: 'documented',
    },
    {
      claim:
        'A former writer can acknowledge nothing: a recovery raises the volume epoch, and storage refuses an older one.',
      source: `${SIGMOD_2018}, section 2.4`,
      date: '2018-06',
      grade: 'documented',
    },
    {
      claim: 'With a reader, service is typically restored in less than 60 seconds, and often in less than 30.',
      source: HIGH_AVAILABILITY,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'Without a reader, the primary is recreated in the same AZ, typically in less than 10 minutes.',
      source: HIGH_AVAILABILITY,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim:
        'When all instances are in an AZ that is lost, nothing happens by itself: an instance has to be created in another AZ.',
      source: HIGH_AVAILABILITY,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim:
        'The reader with the lowest promotion tier is promoted, then the largest; after five failed attempts tiers no longer count.',
      source: HIGH_AVAILABILITY,
      date: '2026-04',
      grade: 'documented',
    },
    {
      claim: 'Readers lag usually much less than 100 ms.',
      source: 'Amazon Aurora User Guide, Aurora.Replication',
      date: '2026-04',
      grade: 'documented',
    },
  ],
  engines: ['postgres', 'mysql'],
  parameters: auroraClusterParameters,
  example:
    'instances: { a: { az: use1-az1, tier: 0 }, b: { az: use1-az2, tier: 1 }, c: { az: use1-az3, tier: 2 } }\nwriter: a\ncustomEndpoints: { analytics: { members: [b, c] } }',
  check: checkAuroraCluster,
  layout: auroraClusterLayout,
  comparison(regions) {
    const [azs = []] = Object.values(regions);
    const instances = Object.fromEntries(azs.slice(0, 3).map((az, tier) => ['abc'[tier], { az, tier }]));
    return {
      deployed: 'a writer and two readers in three AZs, six copies of the data',
      databases: { orders: { model: 'aurora.cluster', instances, writer: 'a' } },
      writer: 'orders.writer',
      plannedFailover: { request: 'failover', of: 'orders' },
    };
  },
  roles: ['writer', 'reader'],
  requests: ['failover', 'reboot'],
  machine: auroraClusterMachine,
  timings: auroraClusterTimings,
  operatorSteps: {
    'create-instance': {
      meaning: 'see that no instance of the cluster is left, and create one in another AZ',
      reaction: lognormal({ median: '15m', p95: '1h' }),
      source: 'a person has to be called, look and decide; no figure is published',
      date: '2026-11',
      grade: 'assumed',
    },
  },
  events: { ...rdsInstanceEvents, ...rdsClusterEvents },
  metricNames: {
    replicaLagMs: 'AuroraReplicaLag',
    writeLatencyMs: 'CommitLatency',
    connections: 'DatabaseConnections',
  },
  acts: {
    detection: 'provider',
    promotion: 'provider',
    recovery: 'provider',
    'endpoint-change': 'provider',
    ...clientActs,
  },
  proxy: rdsProxy,
  billing: ({ instances }) => ({
    instances: Object.keys(instances).length,
    storageCopies: 1,
    crossAzTransfers: 0,
    crossRegionTransfers: 0,
    note: 'six copies are kept and one is billed; replication between AZs is not billed',
  }),
  documentedOutage: {
    meaning: 'failover to a reader until service is restored; typical, and published as an upper bound only',
    lowUs: 0,
    highUs: MINUTE_US,
    source: HIGH_AVAILABILITY,
    date: '2026-04',
    grade: 'documented',
  },
};
