import type { CalibrationCase } from '../calibration-case.ts';
import { latencyQuantile } from '../watches/commits.ts';
import { visibleElsewhere } from '../watches/visibility.ts';

/** Connections are open by then. */
const WARM_US = 6_000_000;

const scenario = () => ({
  horizon: '12s',
  sample: 'none',
  topology: {
    regions: { 'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'], 'eu-west-1': ['euw1-az1', 'euw1-az2', 'euw1-az3'] },
    databases: { table: { model: 'dynamodb.global-table', mode: 'mrec', regions: ['us-west-2', 'eu-west-1'] } },
    clients: {
      writer: { connectsTo: 'table.us-west-2', from: 'usw2-az1', count: 1 },
      reader: { connectsTo: 'table.eu-west-1', from: 'euw1-az1', count: 1 },
    },
  },
  workload: [
    { client: 'writer', op: 'write', arrivals: { every: '3s' }, keys: 1 },
    { client: 'reader', op: 'read', arrivals: { every: '20ms' }, keys: 1 },
  ],
});

/** D1: how long a write takes to be in the other Region, and to be acknowledged in its own. */
export const globalTableReplication: readonly CalibrationCase[] = [
  {
    id: 'D1',
    group: 'DynamoDB global table',
    title: 'MREC, us-west-2 to eu-west-1',
    source: 'AWS DynamoDB labs, global serverless application, module 2',
    date: '2026',
    note: 'a typical figure of a workshop, not a measurement with its circumstances',
    scenario,
    measures: [
      {
        id: 'replication',
        title: 'in the other Region after',
        seenBy: 'client',
        unit: 's',
        measured: { from: 1, to: 2 },
        usedFor: 'replicationDelay (one of three figures)',
        caveat: 'the current documentation says "a second or less", and the default stands between the two',
        watch: () => visibleElsewhere('writer', 'reader'),
      },
      {
        id: 'acknowledged',
        title: 'acknowledged after',
        seenBy: 'client',
        unit: 'ms',
        measured: { from: 0, to: 10 },
        usedFor: 'commit',
        watch: () => latencyQuantile('writer', 0.5, WARM_US),
      },
    ],
  },
];
