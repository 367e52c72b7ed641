import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { exploredChart } from './explored-chart.ts';
import type { Limits } from './offered-facts.ts';
import { withoutWayBack } from './way-back.ts';

const ANY = Number.POSITIVE_INFINITY;
const ONE: Limits = { atATime: 1, inAll: 1 };
const TWO: Limits = { atATime: 2, inAll: 2 };

/** How much goes wrong: small charts are explored in any sequence of troubles, the others after so many in all. */
const LIMITS: Readonly<Record<string, readonly [...Limits[], Limits]>> = {
  'rds.single-az': [ONE, { atATime: 2, inAll: ANY }],
  'rds.multi-az-instance': [ONE, TWO],
  'rds.multi-az-cluster': [ONE],
  'rds.read-replica': [ONE, { atATime: 2, inAll: ANY }],
  'aurora.cluster': [ONE],
  'dynamodb.global-table': [ONE],
  'postgresql.streaming-pair': [ONE, TWO],
};

const NOBODY_LEFT = 'the writer cannot start and no reader can take over: more troubles at once than are offered';

/** States in which no walk within the limits rests, each with what it would take. All others are passed through at once. */
const NOT_REACHED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'rds.multi-az-cluster': {
    'rds.multi-az-cluster.service.available.stalled': 'no reader follows: both are lost at once',
  },
  'aurora.cluster': {
    'aurora.cluster.redundancy.alone': 'no reader serves: all are lost at once',
    stranded: NOBODY_LEFT,
    'aurora.cluster.service.stranded.calling': NOBODY_LEFT,
    'aurora.cluster.service.stranded.creating': NOBODY_LEFT,
    'aurora.cluster.service.stranded.launching': NOBODY_LEFT,
    'aurora.cluster.service.stranded.recreating': NOBODY_LEFT,
  },
  'dynamodb.global-table': {
    'dynamodb.global-table.leadership.noQuorum': 'two of three storage replicas are lost at once',
    'dynamodb.global-table.logReplica.joining': 'a log replica is there while two of three storage replicas are lost',
  },
};

interface StateNode {
  readonly id: string;
  readonly always?: readonly { readonly guard?: unknown }[];
}

/** Whether a state is left at the instant in which it is entered, whatever holds then. */
const isPassedThrough = ({ always = [] }: StateNode): boolean => always.some(({ guard }) => guard === undefined);

const all = [...kinds.values()].flatMap((kind) => {
  const limits = LIMITS[kind.id];
  if (!limits) throw new Error(`${kind.id} is not explored: give it a row in LIMITS`);
  return limits.map((one, index) => [kind.id, one.atATime, one.inAll, kind, one, index === limits.length - 1] as const);
});

describe.each(all)('every reachable state of %s with %s troubles at a time and %s in all', (...row) => {
  const [id, atATime, inAll, kind, limits, isLargest] = row;

  it('bears every fact, uses no undrawn timing, and has a way back to service or waits for a person', async () => {
    const found = explore(exploredChart(kind), limits);
    const tag = id === 'rds.read-replica' ? 'readable' : 'writable';
    const isGoal = (state: number) => {
      const { tags, value } = found.states[state]?.snapshot ?? {};
      return tags?.has(tag) || tags?.has('waiting-for-person') || /delet(?:ing|ed)/.test(JSON.stringify(value));
    };
    const stuck = withoutWayBack(found, isGoal);
    expect(found.problems).toEqual([]);
    expect(stuck.slice(0, 3).map((state) => found.pathTo(state))).toEqual([]);
    const { idMap } = kind.machine as unknown as { readonly idMap: ReadonlyMap<string, StateNode> };
    const unseen = [...idMap.values()].filter((node) => !found.visited.has(node.id) && !isPassedThrough(node));
    if (isLargest) expect(unseen.map((node) => node.id).sort()).toEqual(Object.keys(NOT_REACHED[id] ?? {}).sort());
    const extent = {
      states: found.states.length,
      transitions: found.edges.length,
      orders: Object.fromEntries([...found.orders].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
    const advice = 'What the chart does has changed. If that is meant: npm run simulations:record';
    const name = `${id.replaceAll('.', '-')}-${atATime}-${inAll === ANY ? 'any' : inAll}`;
    const file = `./recorded/${name}.expected.json`;
    await expect(`${JSON.stringify(extent, null, 2)}\n`, advice).toMatchFileSnapshot(file);
  });
});

describe('an exploration', () => {
  it('finds states without a way back', () => {
    const kind = kinds.get('rds.single-az');
    if (!kind) throw new Error('no such kind');
    const found = explore(exploredChart(kind), { atATime: 1, inAll: 1 });
    expect(withoutWayBack(found, () => false)).toHaveLength(found.states.length);
    expect(withoutWayBack(found, () => true)).toEqual([]);
  });
});
