import type { Layout } from '@faultline/models';
import { rewritten } from '../charts/chart-parts.ts';
import { type Canary, withNames } from './canary.ts';

const nothing = () => {};

/** A run that ends while a lost reader is made again: random ones go on until everything has settled, and see it return. */
const READER_GONE = `scenario: reader-gone
seed: 1
horizon: 10m
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases: { orders: { model: rds.multi-az-cluster, writer: use1-az1, readers: [use1-az2, use1-az3] } }
  clients: { shop: { connectsTo: orders, from: use1-az1, count: 1 } }
workload: [{ client: shop, op: write, arrivals: { every: 10s } }]
faults: [{ at: 10s, fail: orders.orders-2, cause: host-failure }]
`;

/** Charts and layouts that order the wrong thing. */
export const brokenCharts: readonly Canary[] = [
  {
    name: 'acknowledged-before-the-standby',
    breaks: 'A commit is acknowledged when it is on the primary alone.',
    kind: 'rds.multi-az-instance',
    caughtBy: 'acknowledged-on-both-copies',
    model: (kind) => ({ ...kind, layout: (given, placement) => withAcks(kind.layout(given, placement), 0) }),
  },
  {
    name: 'acknowledged-before-the-quorum',
    breaks: 'A write is acknowledged by three segments of six.',
    kind: 'aurora.cluster',
    caughtBy: 'acknowledged-on-four-of-six',
    model: (kind) => ({ ...kind, layout: (given, placement) => withAcks(kind.layout(given, placement), 3) }),
  },
  {
    name: 'stale-standby-promoted',
    breaks: 'A standby is promoted whether it is in sync or not.',
    kind: 'rds.multi-az-instance',
    caughtBy: 'promoted-standby-in-sync',
    model: (kind) => withNames(kind, { guards: { standbyMayTakeOver: () => true } }),
  },
  {
    name: 'reader-endpoint-to-a-dead-node',
    breaks: 'The reader endpoint goes on naming a reader that is gone.',
    kind: 'rds.multi-az-cluster',
    caughtBy: 'returns-to-service',
    model: (kind) => withNames(kind, { actions: { repointReaderEndpoint: nothing } }),
    given: READER_GONE,
  },
  {
    name: 'no-way-back',
    breaks: 'A primary that has started again is not noticed.',
    kind: 'rds.multi-az-instance',
    caughtBy: 'returns-to-service',
    model: (kind) => ({
      ...kind,
      machine: rewritten(kind.machine, {
        transition: (transition, { state, trigger }) =>
          state === 'service.restarting.starting' && trigger === 'on PRIMARY_STARTED' ? null : transition,
      }),
    }),
  },
  {
    name: 'nobody-called',
    breaks: 'A chart waits for a person whom nobody has called.',
    kind: 'rds.single-az',
    caughtBy: 'returns-to-service',
    model: (kind) => withNames(kind, { actions: { callFor: nothing } }),
  },
];

function withAcks(layout: Layout, acks: number): Layout {
  const { replication } = layout;
  return replication.rule === 'log' ? { ...layout, replication: { ...replication, acks } } : layout;
}
