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

/** States that are passed through at once, or that need more troubles than the limits of the chart allow. */
const NOT_RESTED_IN: Readonly<Record<string, readonly string[]>> = {
  'rds.single-az': ['settled'],
  'rds.multi-az-instance': ['rds.multi-az-instance.service.failingOver.abandoned', 'settled'],
  'rds.multi-az-cluster': [
    'rds.multi-az-cluster.first.welcome',
    'rds.multi-az-cluster.second.welcome',
    'rds.multi-az-cluster.service.available.stalled',
    'rds.multi-az-cluster.service.stranded.waiting',
  ],
  'rds.read-replica': ['restarted'],
  'aurora.cluster': [
    'aurora.cluster.redundancy.alone',
    'aurora.cluster.service.stranded.calling',
    'aurora.cluster.service.stranded.creating',
    'aurora.cluster.service.stranded.deciding',
    'aurora.cluster.service.stranded.launching',
    'aurora.cluster.service.stranded.recreating',
    'choosing',
    'stopping',
    'stranded',
  ],
  'dynamodb.global-table': ['dynamodb.global-table.leadership.noQuorum', 'dynamodb.global-table.logReplica.joining'],
  'postgresql.streaming-pair': ['postgresql.streaming-pair.working.settling'],
};

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
    const { idMap } = kind.machine as unknown as { readonly idMap: ReadonlyMap<string, unknown> };
    const left = [...idMap.keys()].filter((one) => !found.visited.has(one)).sort();
    if (isLargest) expect(left).toEqual([...(NOT_RESTED_IN[id] ?? [])].sort());
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
