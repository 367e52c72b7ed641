import { describe, expect, test } from 'vitest';
import { edited, SMALL_SCENARIO, withFault, withPart } from '../test/bad-input.ts';
import { fakeKinds } from '../test/fake-kinds.ts';
import { FULL_SCENARIO } from '../test/full-scenario.ts';
import { causes } from './causes.ts';
import { dnsCacheDefault, driverDefaults, poolDefaults, retryDefaults } from './defaults.ts';
import { parseScenario } from './parse.ts';
import type { Scenario } from './scenario.ts';

function parsed(text: string): Scenario {
  const result = parseScenario(text, 'test.yaml', fakeKinds);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.scenario;
}

describe('a parsed scenario', () => {
  test('has every default where the file says nothing', () => {
    const scenario = parsed(SMALL_SCENARIO);
    expect(scenario.summary).toBe('');
    expect(scenario.sampleEveryUs).toBe(1_000_000);
    expect(scenario.topology.clients.checkout).toEqual({
      name: 'checkout',
      database: 'orders',
      endpoint: null,
      from: 'use1-az1',
      count: 10,
      dnsCache: dnsCacheDefault,
      pool: poolDefaults,
      driver: driverDefaults,
      retry: retryDefaults,
      routing: null,
    });
    expect(scenario.topology.databases.orders).toEqual({
      name: 'orders',
      model: 'fake.pair',
      engine: 'postgres',
      parameters: { primary: 'use1-az1', standby: 'use1-az2', readers: 0, mode: 'sync', volume: 'default' },
      timings: {},
      observer: null,
    });
    expect(scenario.workload).toEqual([
      {
        client: 'checkout',
        action: 'write',
        arrivals: { process: 'poisson', perSecond: 200 },
        keys: 1_000,
        keyChoice: 'uniform',
        consistency: 'eventual',
        fromUs: 0,
        untilUs: null,
      },
    ]);
    expect(scenario.expect).toEqual({
      objectives: { rtoUs: null, rpoUs: null },
      always: [],
      eventually: [],
      sometimes: [],
      events: [],
      measures: {},
    });
  });

  test('reads every form of a fault', () => {
    const [host, transaction, loss, , , segment, record, region, database, request, node] =
      parsed(FULL_SCENARIO).faults;
    expect(host).toEqual({
      atUs: 180_000_000,
      cause: 'host-failure',
      target: { on: 'node', database: 'orders', node: 'primary', text: 'orders.primary' },
      forUs: 600_000_000,
      options: { silent: false },
    });
    expect(transaction).toMatchObject({ target: { node: 'orders-2' }, forUs: 60_000_000, options: { size: 2e9 } });
    expect(loss?.target).toMatchObject({ on: 'link', from: 'us-east-1', to: 'eu-west-1', oneWay: false });
    expect(segment).toMatchObject({ target: { on: 'segment', segment: 'segment-a' }, forUs: null });
    expect(record?.target).toMatchObject({ on: 'endpoint', endpoint: 'writer' });
    expect(region?.target).toMatchObject({ on: 'region', region: 'us-east-1' });
    expect(database?.target).toMatchObject({ on: 'database', database: 'orders' });
    expect(request).toMatchObject({ cause: 'request-failover', target: { on: 'database' }, forUs: null, options: {} });
    expect(node).toMatchObject({ cause: 'request-promote', target: { on: 'node', node: 'replica' } });
  });

  test('is frozen through and through', () => {
    const frozen = (data: unknown): boolean =>
      typeof data !== 'object' || data === null || (Object.isFrozen(data) && Object.values(data).every(frozen));
    expect(frozen(parsed(FULL_SCENARIO))).toBe(true);
  });

  test('repeats values by alias', () => {
    const text = edited(
      'checkout: { connectsTo: orders, from: use1-az1 }',
      'checkout: &c { connectsTo: orders, from: use1-az1, count: 3 }\n    reports: *c',
    );
    expect(parsed(text).topology.clients.reports).toMatchObject({ name: 'reports', count: 3 });
  });

  test.each([
    ['7', '7'],
    ["'7'", '7'],
    ['0x10', '16'],
    ['12345678901234567890', '12345678901234567890'],
    ['2025-10-20', '2025-10-20'],
    ['a.b_c-d', 'a.b_c-d'],
  ])('takes the seed %s as the text %s', (written, seed) => {
    expect(parsed(edited('seed: 7', `seed: ${written}`)).seed).toBe(seed);
  });

  test('joins the lines of a summary', () => {
    const text = edited('seed: 7', 'seed: 7\nsummary: |\n  Two lines,\n\n  and a third.\n');
    expect(parsed(text).summary).toBe('Two lines, and a third.');
  });

  test('may use Windows line ends and a byte order mark', () => {
    expect(parsed(`\ufeff${SMALL_SCENARIO.replaceAll('\n', '\r\n')}`)).toEqual(parsed(SMALL_SCENARIO));
  });

  test('keeps the Regions in the order of the file', () => {
    expect(Object.keys(parsed(SMALL_SCENARIO).topology.regions)).toEqual(['us-east-1', 'eu-west-1']);
  });
});

describe('one mistake is told once', () => {
  const placesOf = (text: string) => {
    const result = parseScenario(text, 'test.yaml', fakeKinds);
    return result.ok ? [] : result.problems.map((problem) => `${problem.line}:${problem.column}`);
  };

  test('a database that is wrong is not also missing wherever it is named', () => {
    expect(placesOf(edited('fake.pair', 'fake.pear'))).toEqual(['10:14']);
  });

  test('Regions that cannot be read are not also missing', () => {
    expect(placesOf(edited('[euw1-az1]', 'euw1-az1'))).toEqual(['7:16']);
  });

  test('a standby in the wrong AZ does not make its faults wrong', () => {
    expect(placesOf(edited('standby: use1-az2', 'standby: use1-az1'))).toEqual(['12:16']);
  });

  test('clients that are wrong may still work', () => {
    expect(placesOf(edited('from: use1-az1 }', 'from: use1-az7 }'))).toEqual(['14:43']);
  });

  test('an alias brings a mistake to one place', () => {
    const text = edited(
      'checkout: { connectsTo: orders, from: use1-az1 }',
      'checkout: { connectsTo: orders, from: use1-az1, driver: &d { connectTimeout: 2 } }\n    b: { connectsTo: orders, from: use1-az1, driver: *d }',
    );
    expect(placesOf(text)).toEqual(['14:82']);
  });

  test('at most twenty problems are told, the first of the file', () => {
    const faults = Array.from({ length: 30 }, (_, index) => `  - { at: ${index}, fail: orders, cause: az-outage }`);
    const places = placesOf(edited('  - { at: 3m, fail: orders.primary, cause: host-failure }', faults.join('\n')));
    expect(places).toHaveLength(20);
    expect(places[0]).toBe('18:11');
    expect(places[19]).toBe('27:20');
  });
});

describe('the catalogue of causes', () => {
  const target = {
    node: 'orders.primary',
    database: 'orders',
    endpoint: 'orders.reader',
    segment: 'orders.segment-a',
    az: 'use1-az1',
    region: 'us-east-1',
    link: 'use1-az1 -> orders.primary',
  };

  test.each([...causes.values()])('$id can be injected into each of its targets', ({ id, targets, options, lasts }) => {
    for (const on of targets) {
      const [fault] = parsed(
        withFault(`{ at: 3m, fail: ${target[on]}, cause: ${id}${lasts ? ', for: 1m' : ''} }`),
      ).faults;
      expect(fault?.target.on).toBe(on);
      expect(Object.keys(fault?.options ?? {})).toEqual(Object.keys(options));
      expect(fault?.options).toEqual(
        Object.fromEntries(Object.entries(options).map(([name, each]) => [name, each.default])),
      );
    }
  });

  test('a name that could be two things is the one that the cause acts on', () => {
    const text = withFault('{ at: 3m, fail: orders.reader, cause: endpoint-record-lost }');
    expect(parsed(text).faults[0]?.target.on).toBe('endpoint');
  });
});

test('an operator may be there for a database that needs somebody', () => {
  const text = withPart(
    'operators: { oncall: { database: orders } }\n  links: [{ between: [use1-az1, use1-az2], oneWay: 500us }]',
  );
  expect(parsed(text).topology.operators.oncall).toEqual({
    name: 'oncall',
    database: 'orders',
    reactions: {},
    refuses: [],
    repoints: [],
  });
  expect(parsed(text).topology.links).toEqual([
    { between: ['use1-az1', 'use1-az2'], oneWay: { kind: 'constant', us: 500 } },
  ]);
});
