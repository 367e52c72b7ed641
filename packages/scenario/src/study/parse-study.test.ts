import { kinds } from '@faultline/models';
import { describe, expect, it, test } from 'vitest';
import { parseStudy } from './parse-study.ts';
import type { Study } from './study.ts';

const BASE = `scenario: shop
seed: 1
horizon: 10m
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases:
    orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 }
  clients:
    checkout: { connectsTo: orders, from: use1-az3 }
workload:
  - { client: checkout, op: write, arrivals: { poisson: 5/s } }
faults:
  - { at: 10s, fail: orders.primary, cause: host-failure }
`;

const HEAD = 'study: caches\nscenario: shop.yaml\nseed: 7\n';
const DNS = 'factors: { dns: { path: topology.clients.checkout.dnsCache, values: [ttl, 30s] } }\n';

function parsed(text: string, base = BASE) {
  return parseStudy(text, 'study.yaml', (path) => (path === 'shop.yaml' ? { file: path, text: base } : null), kinds);
}

function studyOf(text: string): Study {
  const result = parsed(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.study;
}

/** Line and column, what was found, and what to write. */
function problemsOf(text: string) {
  const result = parsed(text);
  if (result.ok) throw new Error('it was accepted');
  return result.problems.map(({ line, column, found, expected, write }) => [
    `${line}:${column}`,
    found,
    expected,
    write,
  ]);
}

describe('a study file', () => {
  it('is one scenario over a grid, the last factor changing fastest', () => {
    const study = studyOf(`${HEAD}trials: 50
objectives: { rto: 60s }
factors:
  dns: { path: topology.clients.checkout.dnsCache, values: [ttl, 30s], costs: [3, 0] }
  deployment:
    settings:
      multi-az: {}
      aurora:
        topology.databases.orders: { model: aurora.cluster, instances: { a: { az: use1-az1 }, b: { az: use1-az2 } }, writer: a }
        faults.0.fail: orders.writer
`);
    expect(study).toMatchObject({ name: 'caches', seed: '7', trials: 50, precision: null });
    expect(study.objectives).toEqual({ rtoUs: 60_000_000, rpoUs: null });
    expect(study.cells.map(({ label, levels, cost }) => [label, levels, cost])).toEqual([
      ['dns=ttl deployment=multi-az', [0, 0], 3],
      ['dns=ttl deployment=aurora', [0, 1], 3],
      ['dns=30s deployment=multi-az', [1, 0], 0],
      ['dns=30s deployment=aurora', [1, 1], 0],
    ]);
    const [first, second, third] = study.cells.map(({ scenario }) => scenario);
    expect(first?.topology.clients.checkout?.dnsCache).toEqual({ mode: 'ttl' });
    expect(third?.topology.clients.checkout?.dnsCache).toEqual({ mode: 'fixed', us: 30_000_000 });
    expect(second?.topology.databases.orders?.model).toBe('aurora.cluster');
    expect(Object.isFrozen(study.cells)).toBe(true);
  });

  it('varies loads, times of faults and what the base leaves to its default', () => {
    const study = studyOf(`${HEAD}factors:
  load: { path: workload.0.arrivals.poisson, values: [5/s, 50/s] }
  at: { path: faults.0.at, values: [10s, 2m] }
  connect: { path: topology.clients.checkout.driver, values: [{ connectTimeout: 1s }, { connectTimeout: 9s }] }
`);
    expect(study.cells).toHaveLength(8);
    const last = study.cells.at(-1)?.scenario;
    expect(last?.workload[0]?.arrivals).toEqual({ process: 'poisson', perSecond: 50 });
    expect(last?.faults[0]?.atUs).toBe(120_000_000);
    expect(last?.topology.clients.checkout?.driver.connectTimeoutUs).toBe(9_000_000);
    expect(study.factors[2]?.levels[0]).toBe('{"connectTimeout":"1s"}');
  });

  it('without factors is one cell', () => {
    const { cells, trials } = studyOf(HEAD);
    expect(cells).toHaveLength(1);
    expect(cells[0]?.label).toBe('');
    expect(trials).toBe(1_000);
  });

  it('may ask for precision', () => {
    const study = studyOf(`${HEAD}precision: { quantile: p99.9, within: 5%, budget: 20000 }\n`);
    expect(study.precision?.quantile).toBeCloseTo(0.999, 12);
    expect(study.precision).toMatchObject({ within: 0.05, budget: 20_000 });
  });
});

describe('mistakes in a study', () => {
  test.each([
    [
      'a path that names nothing',
      DNS.replace('checkout', 'chekout'),
      ['4:25', 'the path `topology.clients.chekout.dnsCache`, which names nothing in shop.yaml'],
    ],
    [
      'an item that is not in the list',
      'factors: { x: { path: workload.3.op, values: [read] } }',
      ['4:23', 'the path `workload.3.op`, which names nothing in shop.yaml'],
    ],
    ['no factor at all', 'factors: {}', ['4:10', 'an empty grid']],
    ['a seed', 'factors: { s: { path: seed, values: [1, 2] } }', ['4:23', 'the path `seed`, which no trial reads']],
    ['equal levels', DNS.replace('30s', 'ttl'), ['4:75', 'the level `ttl` a second time']],
    [
      'a factor that another one overwrites',
      `${DNS.trimEnd().slice(0, -1)}, all: { path: topology.clients.checkout, values: [{}] } }`,
      ['4:97', 'the path `topology.clients.checkout`, which overwrites what the factor `dns` sets'],
    ],
    [
      'a value that the scenario refuses',
      DNS.replace('30s', '30'),
      ['4:75', 'a level with which shop.yaml is refused: the number `30` without a unit'],
    ],
    [
      'a key that the scenario does not know',
      DNS.replace('dnsCache', 'dnsCash'),
      ['4:25', 'the path `topology.clients.checkout.dnsCash`, which names nothing in shop.yaml'],
    ],
    ['an empty grid', DNS.replace('[ttl, 30s]', '[]'), ['4:69', 'an empty list']],
    ['a factor without values', 'factors: { dns: {} }', ['4:17', 'no key `path` in this mapping']],
    ['an objective that is no duration', 'objectives: { rto: NaN }', ['4:20', 'the text `NaN`']],
    ['an objective without a unit', 'objectives: { rto: 60 }', ['4:20', 'the number `60` without a unit']],
    ['no trials', 'trials: 0', ['4:9', 'the number `0`']],
    ['a rare event that is none', 'rare: {}', ['4:7', 'no event']],
    [
      'splitting without levels',
      'rare: { writesLost: true, method: splitting }',
      ['4:7', 'splitting without `recoveryOver`'],
    ],
    [
      'more trials than splitting can hold',
      'rare: { recoveryOver: 5m, method: splitting, trials: 200000 }',
      ['4:7', '200000 trials'],
    ],
    ['an unknown method', 'rare: { recoveryOver: 5m, method: luck }', ['4:35', '`luck`']],
    [
      'a rare outage longer than any run',
      'rare: { recoveryOver: 1h }',
      ['4:7', 'a recovery time that no run is long enough to show'],
    ],
    ['availability without failures', 'availability: {}', ['4:15', 'no key `failures` in this mapping']],
    ['a share to search for without a unit', 'search: { share: 0.95 }', ['4:18', 'the number `0.95`']],
    ['costs for other levels', DNS.replace('30s]', '30s], costs: [1]'), ['4:17', '1 costs for 2 levels']],
  ])('%s', (_, rest, [place, found]) => {
    expect(problemsOf(HEAD + rest)[0]?.slice(0, 2)).toEqual([place, found]);
  });

  it('names a scenario that is not there, and mistakes of the scenario itself in its own file', () => {
    expect(problemsOf('study: x\nscenario: none.yaml\nseed: 7\n')).toEqual([
      [
        '2:11',
        '`none.yaml`, which cannot be read',
        'the path of a scenario file, relative to this one',
        'scenario: host-failure.yaml',
      ],
    ]);
    const result = parsed(HEAD, BASE.replace('10m', '10'));
    expect(!result.ok && result.problems[0]).toMatchObject({
      file: 'shop.yaml',
      line: 3,
      found: 'the number `10` without a unit',
    });
  });

  it('suggests the path that was meant, at the path, once for all levels', () => {
    expect(problemsOf(HEAD + DNS.replace('dnsCache', 'dnscache'))).toEqual([
      [
        '4:25',
        'the path `topology.clients.checkout.dnscache`, which names nothing in shop.yaml',
        expect.stringMatching(/^in `topology.clients.checkout`: one of .*; the nearest is `dnsCache`$/),
        'path: topology.clients.checkout.dnsCache',
      ],
    ]);
  });

  it('tells an empty file and a scenario from a study', () => {
    expect(problemsOf('')).toEqual([['1:1', 'an empty file', 'a study', 'study: my-first-study']]);
    expect(problemsOf(BASE).map(([place, found]) => [place, found])).toEqual([
      ['1:1', 'a scenario, not a study of one'],
    ]);
    const result = parsed(HEAD, HEAD);
    expect(!result.ok && result.problems).toMatchObject([{ file: 'shop.yaml', found: 'a study, not a scenario' }]);
  });

  it('says how to write what is wrong inside a level or a failure, not in the place of all of it', () => {
    const driver = 'factors: { d: { path: topology.clients.checkout.driver, values: [{ connectTimeout: 1 }] } }';
    expect(problemsOf(HEAD + driver)[0]?.at(-1)).toBe('connectTimeout: 1s');
    const failure = 'availability: { failures: { host: { perYear: 2, fail: orders.primray, cause: host-failure } } }';
    const [, found, , write] = problemsOf(HEAD + failure)[0] ?? [];
    expect(found).toBe('a failure with which shop.yaml is refused: `orders.primray`, which does not exist');
    expect(write).toBe('fail: orders.primary');
    expect(problemsOf(HEAD + DNS.replace('30s]', '30s], costs: [1]'))[0]?.at(-1)).toBe('costs: [0, 1]');
  });

  it('refuses a grid that nobody would read', () => {
    const values = `[${Array.from({ length: 200 }, (_, index) => `${index + 1}s`).join(', ')}]`;
    const text = `${HEAD}factors:\n  a: { path: faults.0.at, values: ${values} }\n  b: { path: horizon, values: ${values} }\n`;
    expect(problemsOf(text)[0]?.slice(1)).toEqual([
      'a grid of 40000 cells (200 × 200)',
      'at most 10000 cells',
      'values: [ttl, 30s]',
    ]);
  });
});
