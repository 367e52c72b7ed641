import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { exploredChart } from './explored-chart.ts';
import type { Limits } from './offered-facts.ts';
import { withoutWayBack } from './way-back.ts';

interface Expected {
  readonly limits: Limits;
  readonly states: number;
  readonly transitions: number;
}

const ANY = Number.POSITIVE_INFINITY;

/** Small charts in any sequence of troubles, the others after so many troubles and requests in all. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'rds.single-az': { limits: { atATime: 2, inAll: ANY }, states: 3939, transitions: 40493 },
  'rds.multi-az-instance': { limits: { atATime: 2, inAll: 2 }, states: 1970, transitions: 7678 },
  'rds.multi-az-cluster': { limits: { atATime: 1, inAll: 1 }, states: 1827, transitions: 17051 },
  'rds.read-replica': { limits: { atATime: 2, inAll: ANY }, states: 1924, transitions: 29155 },
  'aurora.cluster': { limits: { atATime: 1, inAll: 1 }, states: 661, transitions: 5911 },
  'dynamodb.global-table': { limits: { atATime: 1, inAll: 1 }, states: 329, transitions: 5347 },
  'postgresql.streaming-pair': { limits: { atATime: 2, inAll: 2 }, states: 2169, transitions: 8926 },
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

describe.each([...kinds.values()].map((kind) => [kind.id, kind] as const))(
  'every reachable state of %s',
  (id, kind) => {
    const expected = EXPECTED[id];

    it('bears every fact, uses no undrawn timing, and has a way back to service or waits for a person', () => {
      if (!expected) throw new Error(`${id} is not explored: give it a row in EXPECTED`);
      const found = explore(exploredChart(kind), expected.limits);
      const tag = id === 'rds.read-replica' ? 'readable' : 'writable';
      const isGoal = (state: number) => {
        const { tags, value } = found.states[state]?.snapshot ?? {};
        return tags?.has(tag) || tags?.has('waiting-for-person') || /delet(?:ing|ed)/.test(JSON.stringify(value));
      };
      const stuck = withoutWayBack(found, isGoal);
      expect(found.problems).toEqual([]);
      expect(stuck.slice(0, 3).map((state) => found.pathTo(state))).toEqual([]);
      const { idMap } = kind.machine as unknown as { readonly idMap: ReadonlyMap<string, unknown> };
      const declared = [...idMap.keys()];
      expect(declared.filter((one) => !found.visited.has(one)).sort()).toEqual([...(NOT_RESTED_IN[id] ?? [])].sort());
      expect({ states: found.states.length, transitions: found.edges.length }).toEqual({
        states: expected.states,
        transitions: expected.transitions,
      });
    });
  },
);

describe('an exploration', () => {
  it('finds states without a way back', () => {
    const kind = kinds.get('rds.single-az');
    if (!kind) throw new Error('no such kind');
    const found = explore(exploredChart(kind), { atATime: 1, inAll: 1 });
    expect(withoutWayBack(found, () => false)).toHaveLength(found.states.length);
    expect(withoutWayBack(found, () => true)).toEqual([]);
  });
});
