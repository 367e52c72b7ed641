import { describe, expect, it } from 'vitest';
import type { Placement } from '../kind.ts';
import { replicaProblems } from './placement-problems.ts';

const regions = { 'us-east-1': ['az1', 'az2', 'az3'] };
type Databases = Record<string, { readonly model: string; readonly engine: string; readonly parameters: unknown }>;

const instance = (engine = 'postgres', model = 'rds.single-az') => ({ model, engine, parameters: { az: 'az1' } });
const replica = (source: string, engine = 'postgres') => ({
  model: 'rds.read-replica',
  engine,
  parameters: { source, az: 'az2' },
});

/** What is found wrong with the database `name`, a replica. */
function found(name: string, databases: Databases): string | undefined {
  const { engine, parameters } = databases[name] as {
    readonly engine: string;
    readonly parameters: { readonly source: string; readonly az: string };
  };
  const placement: Placement = {
    name,
    engine,
    regions,
    databases,
    regionOf: (az) => (regions['us-east-1'].includes(az) ? 'us-east-1' : undefined),
  };
  return replicaProblems(parameters, placement)[0]?.found;
}

/** `count` replicas of `source`, named after it. */
const many = (source: string, count: number, engine = 'postgres'): Databases =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${source}-${n + 1}`, replica(source, engine)]));

describe('where a read replica may be', () => {
  it('is below any RDS database, and below another replica', () => {
    const databases = {
      orders: instance(),
      first: replica('orders'),
      second: replica('first'),
      third: replica('second'),
    };
    for (const name of ['first', 'second', 'third']) expect(found(name, databases)).toBeUndefined();
    expect(found('r', { orders: instance('postgres', 'rds.multi-az-cluster'), r: replica('orders') })).toBeUndefined();
  });

  const refused: readonly (readonly [string, string, Databases, RegExp])[] = [
    ['of nothing', 'r', { r: replica('orders') }, /not in topology\.databases/],
    ['of itself', 'r', { r: replica('r') }, /of itself/],
    [
      'of another family',
      'r',
      { orders: instance('postgres', 'dynamodb.global-table'), r: replica('orders') },
      /whose model is dynamodb/,
    ],
    ['in a circle', 'a', { a: replica('b'), b: replica('a') }, /a follows b follows a/],
    [
      'with another engine',
      'r',
      { orders: instance('mysql'), r: replica('orders') },
      /the engine postgres, while orders runs mysql/,
    ],
    [
      'at the fourth level',
      'd',
      { orders: instance(), a: replica('orders'), b: replica('a'), c: replica('b'), d: replica('c') },
      /level 4 below orders/,
    ],
    [
      'of a replica of a cluster',
      'b',
      { orders: instance('postgres', 'rds.multi-az-cluster'), a: replica('orders'), b: replica('a') },
      /Multi-AZ DB cluster/,
    ],
    [
      'as the sixth with Oracle',
      'orders-6',
      { orders: instance('oracle'), ...many('orders', 6, 'oracle') },
      /number 6 of orders/,
    ],
    ['as the sixteenth', 'orders-16', { orders: instance(), ...many('orders', 16) }, /number 16 of orders/],
    [
      'as the sixth below a PostgreSQL replica',
      'a-6',
      { orders: instance(), a: replica('orders'), ...many('a', 6) },
      /number 6 of a/,
    ],
  ];

  it.each(refused)('is not %s', (_, name, databases, message) => {
    expect(found(name, databases)).toMatch(message);
  });

  it('is allowed up to the limits', () => {
    expect(found('orders-5', { orders: instance('oracle'), ...many('orders', 5, 'oracle') })).toBeUndefined();
    expect(found('orders-15', { orders: instance(), ...many('orders', 15) })).toBeUndefined();
    expect(
      found('a-15', { orders: instance('mysql'), a: replica('orders', 'mysql'), ...many('a', 15, 'mysql') }),
    ).toBeUndefined();
  });
});
