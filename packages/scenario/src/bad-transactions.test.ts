import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { refusesEach, withWork } from '../test/bad-input.ts';
import { parseScenario } from './parse.ts';

const transaction = (rest: string) =>
  withWork(`{ client: checkout, op: transaction, arrivals: { poisson: 10/s }${rest} }`);

describe('mistakes in transactions', () => {
  refusesEach([
    [
      'nothing to do',
      transaction(''),
      ['16:5', 'a transaction that does nothing', 'reads, appends or writes', '- { reads: 2, appends: 1 }'],
    ],
    [
      'lists and registers in one',
      transaction(', appends: 1, writes: 2'),
      [
        '16:5',
        '1 appends and 2 writes',
        'either appends (to lists) or writes (to registers)',
        '- { reads: 2, appends: 1 }',
      ],
    ],
    [
      'more steps than rows',
      transaction(', reads: 5, keys: 4'),
      [
        '16:5',
        '5 steps of one kind on 4 keys',
        'at least as many keys, because they are on different ones',
        '- { reads: 2, appends: 1, keys: 10 }',
      ],
    ],
    [
      'a key of single operations',
      transaction(', reads: 1, consistency: strong'),
      [
        '16:81',
        'the unknown key `consistency`',
        'one of client, op, reads, appends, writes, keys, writesPerKey, isolation, arrivals, from, until',
        '# no consistency',
      ],
    ],
    [
      'an isolation that is not modelled',
      transaction(', reads: 1, isolation: serializable'),
      ['16:92', '`serializable`', 'one of read-committed, repeatable-read', 'isolation: read-committed'],
    ],
    [
      'registers beside lists',
      withWork(`{ client: checkout, op: transaction, arrivals: { poisson: 10/s }, appends: 1 }
  - { client: checkout, op: transaction, arrivals: { poisson: 10/s }, reads: 2, writes: 1 }`),
      [
        '17:5',
        'writes beside the appends of an earlier entry',
        'appends in all transactions: they use the same rows, which hold lists',
        '- { reads: 2, appends: 1 }',
      ],
    ],
  ]);
});

const SUPPORTED =
  'a database with a log and engine postgres or mysql: rds.*, aurora.cluster or postgresql.streaming-pair';

describe('databases that run no transactions', () => {
  it.each([
    [
      '{ model: dynamodb.global-table, mode: mrec, regions: [us-east-1, us-east-2] }',
      'a global table whose transactions are whole only in the Region where they were made and reach the others item by item',
    ],
    [
      '{ model: dynamodb.global-table, mode: mrsc, regions: [us-east-1, us-east-2, us-west-2] }',
      'a global table with strong consistency between Regions, which refuses transactions',
    ],
    ['{ model: rds.single-az, az: use1-az1, engine: oracle }', 'whose engine is oracle'],
  ])('%s', (database, reason) => {
    const text = `scenario: none
seed: 7
horizon: 1m
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
    us-east-2: [use2-az1, use2-az2, use2-az3]
    us-west-2: [usw2-az1, usw2-az2, usw2-az3]
  databases: { orders: ${database} }
  clients: { checkout: { connectsTo: orders, from: use1-az1 } }
workload:
  - { client: checkout, op: transaction, arrivals: { poisson: 10/s }, reads: 2, appends: 1 }
`;
    const parsed = parseScenario(text, 'none.yaml', kinds);
    const told = parsed.ok ? [] : parsed.problems.map(({ line, found, expected }) => ({ line, found, expected }));
    expect(told).toEqual([{ line: 12, found: `transactions on orders, ${reason}`, expected: SUPPORTED }]);
  });
});

describe('what a scenario need not say of transactions', () => {
  it.each([
    ['postgres', 'read-committed'],
    ['mysql', 'repeatable-read'],
  ])('%s isolates as its own default: %s', (engine, isolation) => {
    const text = `scenario: default
seed: 7
horizon: 1m
topology:
  regions: { us-east-1: [use1-az1] }
  databases: { orders: { model: rds.single-az, az: use1-az1, engine: ${engine} } }
  clients: { checkout: { connectsTo: orders, from: use1-az1 } }
workload:
  - { client: checkout, op: transaction, arrivals: { poisson: 10/s }, reads: 3 }
  - { client: checkout, op: transaction, arrivals: { poisson: 10/s }, writes: 1 }
`;
    const parsed = parseScenario(text, 'default.yaml', kinds);
    const shared = { action: 'transaction', rows: 'registers', keys: 10, writesPerKey: 32, isolation };
    expect(parsed.ok ? parsed.scenario.workload : parsed.problems).toMatchObject([
      { ...shared, reads: 3, writes: 0 },
      { ...shared, reads: 0, writes: 1 },
    ]);
  });
});
