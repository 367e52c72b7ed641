import { describe, expect, it } from 'vitest';
import { forks, transactionRun } from '../testing/transaction-run.ts';

const WORKLOAD = `  - { client: checkout, op: transaction, arrivals: { poisson: 400/s }, keys: 4, appends: 1, isolation: repeatable-read }
  - { client: checkout, op: transaction, arrivals: { poisson: 800/s }, keys: 4, reads: 4, isolation: repeatable-read }
  - { client: reports, op: transaction, arrivals: { poisson: 800/s }, keys: 4, reads: 4, isolation: repeatable-read }`;

const CLUSTER = 'writer: use1-az1, readers: [use1-az2, use1-az3]';
const AURORA = 'instances: { a: { az: use1-az1, tier: 0 }, b: { az: use1-az2, tier: 1 } }, writer: a';
const REPLICA = '\n    replica: { model: rds.read-replica, source: orders, az: use1-az2';

describe('the writer shows PostgreSQL transactions in another order than its copies do', () => {
  it.each([
    ['a Multi-AZ cluster', `orders: { model: rds.multi-az-cluster, ${CLUSTER} }`, 'orders.reader'],
    ['a read replica', `orders: { model: rds.single-az, az: use1-az1 }${REPLICA} }`, 'replica'],
    [
      'a streaming pair',
      'orders: { model: postgresql.streaming-pair, primary: use1-az1, standby: use1-az2 }',
      'orders.orders-2',
    ],
    ['Aurora', `orders: { model: aurora.cluster, ${AURORA} }`, 'orders.reader'],
  ])('%s, with nothing wrong with it', (_name, databases, reports) => {
    expect(forks(transactionRun({ databases, reports, workload: WORKLOAD, horizon: '5s' }))).toBeGreaterThan(0);
  });
});

describe('all see one order', () => {
  it.each([
    ['at one node: a single instance', 'orders: { model: rds.single-az, az: use1-az1 }', 'orders'],
    [
      'at one node: the standby serves nobody',
      'orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 }',
      'orders',
    ],
    ['at the writer of a cluster', `orders: { model: rds.multi-az-cluster, ${CLUSTER} }`, 'orders.writer'],
    [
      'of MySQL: a Multi-AZ cluster',
      `orders: { model: rds.multi-az-cluster, engine: mysql, ${CLUSTER} }`,
      'orders.reader',
    ],
    [
      'of MySQL: a read replica',
      `orders: { model: rds.single-az, engine: mysql, az: use1-az1 }${REPLICA}, engine: mysql }`,
      'replica',
    ],
    ['of MySQL: Aurora', `orders: { model: aurora.cluster, engine: mysql, ${AURORA} }`, 'orders.reader'],
  ])('%s', (_name, databases, reports) => {
    expect(forks(transactionRun({ databases, reports, workload: WORKLOAD, horizon: '5s' }))).toBe(0);
  });
});
