import { describe, expect, it } from 'vitest';
import type { Placement } from '../kind.ts';
import { globalTable } from './index.ts';

const azsOf = (region: string) => ['1', '2', '3'].map((number) => `${region}-az${number}`);
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'sa-east-1',
];

const placement: Placement = {
  name: 'orders',
  engine: 'dynamodb',
  regions: {
    ...Object.fromEntries(REGIONS.map((region) => [region, azsOf(region)])),
    'ca-west-1': azsOf('ca-west-1').slice(0, 2),
  },
  regionOf: (az) => az.replace(/-az\d$/, ''),
  databases: {},
};

const read = (given: unknown) => globalTable.parameters.parse(given);
const problems = (given: unknown) => globalTable.check(read(given), placement);

describe('the layout of a global table', () => {
  it('has, in every Region, what clients talk to, three storage replicas in three AZs, a log replica to come and a chart', () => {
    const layout = globalTable.layout(read({ mode: 'mrec', regions: ['us-east-1', 'eu-west-1'] }), placement);
    expect(layout.nodes.slice(0, 5).map(({ id, az, role, absent }) => [id, az, role, absent ?? false])).toEqual([
      ['orders-us-east-1', 'us-east-1', 'replica', false],
      ['orders-us-east-1-a', 'us-east-1-az1', 'leader', false],
      ['orders-us-east-1-b', 'us-east-1-az2', 'follower', false],
      ['orders-us-east-1-c', 'us-east-1-az3', 'follower', false],
      ['orders-us-east-1-log', 'us-east-1', 'log-replica', true],
    ]);
    expect(layout.nodes.filter(({ writable, readable }) => writable || readable).map(({ id }) => id)).toEqual([
      'orders-us-east-1',
      'orders-eu-west-1',
    ]);
    expect(layout.endpoints.map(({ id, nodes }) => [id, ...nodes])).toEqual([
      ['us-east-1', 'orders-us-east-1'],
      ['eu-west-1', 'orders-eu-west-1'],
    ]);
    expect(layout.charts.map(({ id }) => id)).toEqual(['orders-us-east-1', 'orders-eu-west-1']);
    expect(layout.replication).toMatchObject({
      rule: 'last-writer-wins',
      nodes: ['orders-us-east-1', 'orders-eu-west-1'],
      clockError: { value: 1_000, grade: 'assumed' },
    });
  });

  it('keeps a journal for strong consistency, with the witness as a member without a node', () => {
    const layout = globalTable.layout(
      read({ mode: 'mrsc', regions: ['us-east-1', 'us-east-2'], witness: 'us-west-2' }),
      placement,
    );
    expect(layout.replication).toMatchObject({
      rule: 'journal',
      acks: 1,
      witnesses: [{ id: 'orders-witness', region: 'us-west-2' }],
    });
    expect(layout.nodes.some(({ region }) => region === 'us-west-2')).toBe(false);
  });

  it('takes the clock error of the scenario, in microseconds', () => {
    const layout = globalTable.layout(
      read({ mode: 'mrec', regions: ['us-east-1', 'eu-west-1'], clockError: '2.5ms' }),
      placement,
    );
    expect(layout.replication).toMatchObject({ clockError: { value: 2_500, source: 'the scenario' } });
  });
});

describe('what a global table refuses', () => {
  const THREE = ['us-east-1', 'us-east-2', 'us-west-2'];
  const EUROPE = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'];

  it.each([
    ['MRSC with four Regions', { mode: 'mrsc', regions: EUROPE }, ['regions'], '4 Regions for mode mrsc'],
    [
      'MRSC with two Regions and no witness',
      { mode: 'mrsc', regions: THREE.slice(1) },
      ['regions'],
      '2 Regions for mode mrsc',
    ],
    [
      'three Regions and a witness',
      { mode: 'mrsc', regions: THREE, witness: 'us-west-2' },
      ['witness'],
      'a witness beside 3 Regions',
    ],
    [
      'Regions of two sets',
      { mode: 'mrsc', regions: ['us-east-1', 'eu-west-1', 'us-west-2'] },
      ['regions', 1],
      'eu-west-1 beside us-east-1',
    ],
    [
      'a Region of no set',
      { mode: 'mrsc', regions: ['sa-east-1', 'us-east-1', 'us-west-2'] },
      ['regions', 0],
      'sa-east-1',
    ],
    [
      'a witness where a replica is',
      { mode: 'mrsc', regions: THREE.slice(0, 2), witness: 'us-east-1' },
      ['witness'],
      'a witness in us-east-1',
    ],
    [
      'a witness of another set',
      { mode: 'mrsc', regions: THREE.slice(0, 2), witness: 'eu-west-1' },
      ['witness'],
      'a witness in eu-west-1',
    ],
    [
      'a witness with eventual consistency',
      { mode: 'mrec', regions: THREE.slice(0, 2), witness: 'us-west-2' },
      ['witness'],
      'a witness in us-west-2 for mode mrec',
    ],
    [
      'a Region that is not in the topology',
      { mode: 'mrec', regions: ['us-east-1', 'ap-south-1'] },
      ['regions', 1],
      'ap-south-1',
    ],
    ['a Region twice', { mode: 'mrec', regions: ['us-east-1', 'us-east-1'] }, ['regions', 1], 'a second time'],
    ['a Region with two AZs', { mode: 'mrec', regions: ['us-east-1', 'ca-west-1'] }, ['regions', 1], '2 AZs'],
  ])('%s', (_, given, path, found) => {
    const [problem, ...others] = problems(given);
    expect(problem?.path).toEqual(path);
    expect(problem?.found).toContain(found);
    expect(problem?.expected).not.toBe('');
    expect(problem?.write).not.toBe('');
    expect(others).toEqual([]);
  });

  it.each([
    { mode: 'mrec', regions: ['us-east-1', 'eu-west-1', 'sa-east-1', 'us-west-2'] },
    { mode: 'mrsc', regions: THREE },
    { mode: 'mrsc', regions: ['eu-west-1', 'eu-central-1', 'eu-west-3'] },
    { mode: 'mrsc', regions: ['us-east-1', 'us-west-2'], witness: 'us-east-2' },
  ])('but not $mode in $regions', (given) => {
    expect(problems(given)).toEqual([]);
  });

  it('a table in one Region, a bare clock error and an unknown mode', () => {
    for (const given of [
      { mode: 'mrec', regions: ['us-east-1'] },
      { mode: 'mrec', regions: THREE, clockError: '5' },
      { mode: 'strong', regions: THREE },
    ]) {
      expect(globalTable.parameters.safeParse(given).success).toBe(false);
    }
  });
});

describe('the numbers of a global table', () => {
  it('all name their source and date', () => {
    for (const { source, date, meaning } of Object.values(globalTable.timings)) {
      expect([source, meaning].every((text) => text.length > 10)).toBe(true);
      expect(date).toMatch(/^\d{4}-\d{2}/);
    }
  });
});
