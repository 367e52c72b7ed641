import type { DnsRecord, HeaderRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import type { Invariant } from '../invariant.ts';
import { invariants } from '../registry.ts';
import {
  acknowledged,
  breachesOf,
  command,
  contents,
  end,
  fault,
  header,
  node,
  op,
  pending,
  position,
  served,
  state,
  timeline,
  volume,
} from '../testing/hand-made-trace.ts';

const S = 1_000_000;
const instance = header('rds.multi-az-instance');
const cluster = header('rds.multi-az-cluster');
const aurora = header('aurora.cluster');
const replica = header('rds.read-replica');
const mrec = header('dynamodb.global-table', { mode: 'mrec' });
const mrsc = (consistency: string) =>
  header('dynamodb.global-table', { mode: 'mrsc' }, { workload: [{ client: 'shop', action: 'read', consistency }] });
const withFault = header('rds.single-az', {}, { faults: [{ atUs: 10, forUs: 5, cause: 'az-outage' }] });

const dns = (atUs: number, nodes: readonly string[], propagatedAtUs = atUs): DnsRecord => ({
  type: 'dns',
  atUs,
  database: 'orders',
  endpoint: 'instance',
  nodes,
  ttlUs: 5,
  propagatedAtUs,
});
const answer = (atUs: number, node: string, ttlUs: number) =>
  ({ type: 'answer', atUs, database: 'orders', endpoint: 'instance', node, ttlUs }) as const;
const read = (number: number, atUs: number, value: number) =>
  op(number, atUs, 0, { action: 'read', value, staleUs: 0, node: 'b' });
const alone = command('SET_ACKS', 5, { acks: 0 });
const healed = [fault('started', 10, 'az-outage'), fault('healed', 20, 'az-outage')];

interface Example {
  readonly name: string;
  readonly head: HeaderRecord;
  readonly holds: readonly TraceRecord[];
  readonly breaks: readonly TraceRecord[];
}

/** For each invariant: traces that differ in what it speaks of, one that keeps it and one that does not. */
const examples: readonly Example[] = [
  { name: 'monotone-time', head: instance, holds: [end(5), end(5)], breaks: [end(5), end(4)] },
  {
    name: 'monotone-time',
    head: instance,
    holds: [op(1, 10, 1)],
    breaks: [op(1, 10, 1, { committedAtUs: 11 })],
  },
  {
    name: 'faults-leave-records',
    head: withFault,
    holds: [fault('started', 10, 'az-outage'), fault('healed', 15, 'az-outage'), end(20)],
    breaks: [fault('started', 10, 'az-outage'), end(20)],
  },
  {
    name: 'single-writer',
    head: instance,
    holds: [op(1, 10, 1), timeline(20, 1), op(2, 30, 2, { node: 'b', position: { timeline: 2, lsn: 2 } })],
    breaks: [op(1, 10, 1), timeline(20, 1), op(2, 30, 2)],
  },
  {
    name: 'single-writer',
    head: instance,
    holds: [op(1, 10, 1), op(2, 12, 2)],
    breaks: [op(1, 10, 1), op(2, 12, 2, { node: 'b' })],
  },
  {
    name: 'single-writer',
    head: instance,
    holds: [node('a', 0, {}), node('a', 5, { fenced: true, writable: false }), timeline(20, 1)],
    breaks: [node('a', 0, {}), timeline(20, 1)],
  },
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), op(2, 12, 2), timeline(20, 2)],
    breaks: [op(1, 10, 1), op(2, 12, 2), timeline(20, 1)],
  },
  // Learned after the fork, lost all the same; a restored backup is another matter.
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), command('RESTORE_BACKUP', 20), timeline(20, 1), op(2, 21, 2)],
    breaks: [op(1, 10, 1), timeline(20, 1), op(2, 21, 2)],
  },
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), acknowledged(1, 10, 1, null), contents('a', 20, [[1, 9, 3]])],
    breaks: [op(1, 10, 1), acknowledged(1, 10, 1, null), contents('a', 20, [])],
  },
  {
    name: 'acknowledged-writes-survive',
    head: header('postgresql.streaming-pair', { synchronousCommit: 'on' }),
    holds: [alone, op(1, 10, 1), op(2, 12, 2), timeline(20, 1)],
    breaks: [op(1, 10, 1), op(2, 12, 2), timeline(20, 1)],
  },
  {
    name: 'commit-order',
    head: instance,
    holds: [op(1, 10, 1), op(3, 14, 3), op(2, 16, 2, { committedAtUs: 9 })],
    breaks: [op(1, 10, 1), op(3, 14, 3), op(2, 16, 2, { committedAtUs: 13 })],
  },
  { name: 'commit-order', head: instance, holds: [op(1, 10, 1), op(2, 12, 2)], breaks: [op(1, 10, 1), op(2, 12, 1)] },
  {
    name: 'positions-never-move-back',
    head: instance,
    holds: [position('b', 1, 5, 'follows'), position('b', 2, 3, 'follows', { volume: 2 })],
    breaks: [position('b', 1, 5, 'follows'), position('b', 2, 3, 'follows')],
  },
  {
    name: 'positions-never-move-back',
    head: instance,
    holds: [position('b', 1, 5, 'follows'), position('b', 2, 6, 'follows', { appliedLsn: 5 })],
    breaks: [position('b', 1, 5, 'follows'), position('b', 2, 6, 'follows', { appliedLsn: 4 })],
  },
  {
    name: 'replica-is-prefix',
    head: instance,
    holds: [position('b', 1, 5, 'follows'), position('a', 1, 5, 'writes')],
    breaks: [position('b', 1, 6, 'follows'), position('a', 1, 5, 'writes')],
  },
  {
    name: 'replica-is-prefix',
    head: instance,
    holds: [position('b', 1, 5, 'follows')],
    breaks: [position('b', 1, 5, 'follows', { appliedLsn: 6 })],
  },
  {
    name: 'reads-are-complete',
    head: aurora,
    holds: [acknowledged(1, 10, 1, null), acknowledged(2, 12, 2, null), served(3, 14, 1, 1)],
    breaks: [acknowledged(1, 10, 1, null), acknowledged(2, 12, 2, null), served(3, 14, 2, 1)],
  },
  {
    name: 'reads-are-complete',
    head: aurora,
    holds: [acknowledged(1, 10, 1, null), acknowledged(2, 12, 2, null), served(3, 14, 2, 2)],
    breaks: [acknowledged(1, 10, 1, null), acknowledged(2, 12, 2, null), served(3, 14, 1, 2)],
  },
  {
    name: 'acknowledged-on-both-copies',
    head: instance,
    holds: [acknowledged(1, 10, 1, ['a', 'b']), command('SET_ACKS', 12, { acks: 0 }), acknowledged(2, 20, 2, ['a'])],
    breaks: [acknowledged(1, 10, 1, ['a', 'b']), acknowledged(2, 20, 2, ['a'])],
  },
  {
    name: 'acknowledged-on-both-copies',
    head: instance,
    holds: [
      alone,
      acknowledged(1, 10, 1, ['a']),
      command('SET_ACKS', 12, { acks: 1 }),
      acknowledged(2, 20, 2, ['a', 'b']),
    ],
    breaks: [alone, acknowledged(1, 10, 1, ['a']), command('SET_ACKS', 12, { acks: 1 }), acknowledged(2, 20, 2, ['a'])],
  },
  {
    name: 'promoted-standby-in-sync',
    head: instance,
    holds: [position('a', 1, 5, 'writes', { appliedLsn: 4 }), position('b', 1, 4, 'follows'), timeline(2, 4)],
    breaks: [position('a', 1, 5, 'writes', { appliedLsn: 5 }), position('b', 1, 4, 'follows'), timeline(2, 4)],
  },
  {
    name: 'acknowledged-by-a-reader',
    head: cluster,
    holds: [acknowledged(1, 10, 1, ['a', 'c'])],
    breaks: [acknowledged(1, 10, 1, ['a'])],
  },
  {
    name: 'promoted-reader-is-newest',
    head: cluster,
    holds: [
      position('b', 1, 5, 'follows'),
      position('c', 1, 4, 'follows'),
      command('COMPARE_POSITIONS', 2, { nodes: ['b', 'c'] }),
      position('c', 3, 9, 'follows'),
      timeline(4, 5),
    ],
    breaks: [
      position('b', 1, 5, 'follows'),
      position('c', 1, 4, 'follows'),
      command('COMPARE_POSITIONS', 2, { nodes: ['b', 'c'] }),
      position('c', 2, 9, 'follows'),
      timeline(4, 5),
    ],
  },
  {
    name: 'acknowledged-on-four-of-six',
    head: aurora,
    holds: [acknowledged(1, 10, 1, ['x1', 'x2', 'y1', 'y2'])],
    breaks: [acknowledged(1, 10, 1, ['x1', 'x2', 'y1'])],
  },
  {
    name: 'survives-az-and-segment',
    head: aurora,
    holds: [volume(0, 1), acknowledged(1, 10, 1, ['x1', 'x2', 'y1', 'y2'])],
    breaks: [volume(0, 1), acknowledged(1, 10, 1, ['x1', 'x2', 'y1'])],
  },
  {
    name: 'no-write-with-stale-epoch',
    head: aurora,
    holds: [volume(0, 1), volume(9, 2), acknowledged(1, 10, 1, [], { epoch: 1, committedAtUs: 8 })],
    breaks: [volume(0, 1), volume(9, 2), acknowledged(1, 11, 1, [], { epoch: 1, committedAtUs: 10 })],
  },
  {
    name: 'replica-eventually-current',
    head: replica,
    holds: [
      ...healed,
      position('b', 30, 5, 'follows'),
      position('a', 30, 9, 'writes'),
      position('b', 999 * S, 7, 'follows'),
      end(1_000 * S),
    ],
    breaks: [...healed, position('b', 30, 5, 'follows'), position('a', 30, 9, 'writes'), end(1_000 * S)],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [acknowledged(1, 10, 1, null, { order: 7 }), contents('a', 20, [[1, 1, 7]]), contents('b', 20, [[1, 1, 7]])],
    breaks: [
      acknowledged(1, 10, 1, null, { order: 7 }),
      contents('a', 20, [[1, 1, 7]]),
      contents('b', 20, [[1, 2, 6]]),
    ],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [op(1, 10, 1), contents('a', 20 * S, [[1, 1, 7]]), contents('b', 20 * S, [], false)],
    breaks: [op(1, 10, 1), contents('a', 99 * S, [[1, 1, 7]]), contents('b', 99 * S, [], false)],
  },
  {
    name: 'acknowledged-in-two-regions',
    head: mrsc('eventual'),
    holds: [acknowledged(1, 10, 1, ['a', 'b'])],
    breaks: [acknowledged(1, 10, 1, ['a'])],
  },
  {
    name: 'strong-read-is-latest',
    head: mrsc('strong'),
    holds: [op(1, 10, 1), op(2, 20, 2), read(3, 23, 1)],
    breaks: [op(1, 10, 1), op(2, 20, 2), read(3, 25, 1)],
  },
  {
    name: 'strong-read-is-latest',
    head: mrsc('strong'),
    // Both writes were under way at once: either may be the latest.
    holds: [op(1, 10, 1), op(2, 20, 2, { invokedAtUs: 8 }), read(3, 30, 1)],
    breaks: [op(1, 10, 1), read(3, 30, 0)],
  },
  {
    name: 'dns-answers-expire',
    head: instance,
    holds: [dns(0, ['a']), dns(10, ['b'], 12), answer(14, 'a', 3), answer(20, 'b', 5)],
    breaks: [dns(0, ['a']), dns(10, ['b'], 12), answer(14, 'a', 4)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, state(30, 'blocked', ['waiting-for-person']), pending(40), end(40)],
    breaks: [...healed, state(30, 'blocked', []), pending(40), end(40)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, state(30, 'promoting', []), pending(40, { timers: 1 }), end(3_600 * S)],
    breaks: [...healed, state(30, 'promoting', []), pending(40, { timers: 1 }), end(4 * 3_600 * S)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, state(30, 'available', ['writable']), pending(99 * S), end(99 * S)],
    breaks: [...healed, state(30, 'available', ['writable']), pending(99 * S, { writable: [] }), end(99 * S)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, state(30, 'available', ['writable']), dns(40, ['a']), pending(99 * S), end(99 * S)],
    breaks: [...healed, state(30, 'available', ['writable']), dns(40, ['b']), pending(99 * S), end(99 * S)],
  },
];

const named = (name: string) => invariants.find((invariant) => invariant.name === name) as Invariant;

describe.each(examples.map((example, index) => [`${example.name} (${index + 1})`, example] as const))(
  '%s',
  (_, example) => {
    const invariant = named(example.name);

    it('holds', () => expect(breachesOf(invariant, example.head, example.holds)).toEqual([]));

    it('is broken, and says so in a sentence with evidence of this run', () => {
      const [first] = breachesOf(invariant, example.head, example.breaks);
      expect(first?.invariant).toBe(example.name);
      expect(first?.what).toMatch(/^[\w].*\.$/);
      for (const record of first?.evidence ?? []) expect(example.breaks).toContain(record);
    });
  },
);

describe('invariants', () => {
  it('each have a trace that breaks them', () => {
    const shown = new Set(examples.map(({ name }) => name));
    expect(invariants.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('do not judge what was lost while a fault still holds', () => {
    const open = [fault('started', 10, 'az-outage'), state(30, 'blocked', []), pending(40), end(40)];
    expect(breachesOf(named('returns-to-service'), instance, open)).toEqual([]);
  });
});
