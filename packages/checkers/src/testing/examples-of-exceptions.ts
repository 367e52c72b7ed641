import type { DnsRecord, OperatorRecord, TraceRecord } from '@faultline/trace';
import type { Example } from './example.ts';
import { aurora, cluster, instance, mrec, mrsc, replica } from './example-headers.ts';
import {
  acknowledged,
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
} from './hand-made-trace.ts';

const S = 1_000_000;

const healed = [fault('started', 10, 'az-outage'), fault('healed', 20, 'az-outage')];
const restored = command('RESTORE_BACKUP', 15);
const third = (atUs: number, forkLsn: number) => timeline(atUs, forkLsn, 'c', { timeline: 3, parent: 2 });
const read = (number: number, atUs: number, value: number, cohort = 'shop') =>
  op(number, atUs, 0, { action: 'read', value, staleUs: 0, node: 'b', cohort });
const dns = (atUs: number, nodes: readonly string[], endpoint = 'instance'): DnsRecord => ({
  type: 'dns',
  atUs,
  database: 'orders',
  endpoint,
  nodes,
  ttlUs: 5,
  propagatedAtUs: atUs,
});
const answer = (atUs: number, name: string | null): TraceRecord => ({
  type: 'answer',
  atUs,
  database: 'orders',
  endpoint: 'instance',
  node: name,
  ttlUs: 3,
});
const operator = (atUs: number, edge: OperatorRecord['edge']): TraceRecord => ({
  type: 'operator',
  atUs,
  database: 'orders',
  edge,
  step: 'restore',
  who: 'oncall',
});
const waiting = state(30, 'blocked', ['waiting-for-person']);
const available = state(30, 'available', ['writable']);
const keys = Array.from({ length: 12 }, (_, index) => index + 1);
const twelve = keys.map((key) => acknowledged(key, 10, key, null, { key, order: key }));
const items = keys.map((key) => [key, key, key] as const);

/** Traces with an exception that an invariant makes: one to which it applies, and one to which it does not. */
export const examplesOfExceptions: readonly Example[] = [
  {
    name: 'single-writer',
    head: instance,
    holds: [node('a', 0, {}), restored, timeline(20, 1)],
    breaks: [node('a', 0, {}), restored, timeline(20, 1), third(30, 1)],
  },
  {
    name: 'single-writer',
    head: instance,
    holds: [node('b', 0, {}), timeline(20, 1), op(2, 30, 2, { node: 'b', position: { timeline: 2, lsn: 2 } })],
    breaks: [timeline(20, 1), op(2, 30, 2, { node: 'c', position: { timeline: 2, lsn: 2 } })],
  },
  // Lost with the first fork, and told once.
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), timeline(20, 2), op(2, 21, 2)],
    breaks: [op(1, 10, 1), op(2, 12, 2), timeline(20, 1), third(30, 1)],
  },
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), acknowledged(1, 10, 1, null), restored, timeline(20, 0), contents('a', 30, [])],
    breaks: [
      op(1, 10, 1),
      op(2, 12, 2),
      acknowledged(1, 10, 1, null),
      acknowledged(2, 12, 2, null, { key: 2 }),
      timeline(20, 1),
      contents('a', 30, []),
    ],
  },
  // A restore excuses the fork that it makes, and nothing after that.
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 2), restored, timeline(20, 1), op(2, 21, 2)],
    breaks: [op(1, 10, 2), restored, timeline(20, 1), op(2, 21, 3), third(30, 1)],
  },
  { name: 'acknowledged-writes-survive', head: mrec, holds: twelve, breaks: [...twelve, contents('a', 20, [])] },
  {
    name: 'acknowledged-writes-survive',
    head: header('rds.single-az'),
    holds: [op(1, 10, 1), acknowledged(1, 10, 1, null), contents('a', 20, [[1, 1, 1]])],
    breaks: [op(1, 10, 1, { committedAtUs: undefined as never }), timeline(20, 0)],
  },
  {
    name: 'commit-order',
    head: instance,
    holds: [op(1, 10, 1), op(2, 12, 257), op(3, 14, 600), op(4, 15, 601, { committedAtUs: 12 })],
    breaks: [op(1, 10, 1), op(2, 12, 257), op(3, 14, 600, { committedAtUs: 9 })],
  },
  {
    name: 'commit-order',
    head: instance,
    holds: [op(5, 20, 300), op(1, 10, 40), op(2, 12, 41)],
    breaks: [op(5, 20, 300), op(1, 10, 40), op(2, 12, 41), op(6, 22, 300)],
  },
  {
    name: 'dns-answers-expire',
    head: instance,
    holds: [dns(0, ['a']), dns(10, ['b']), dns(11, ['c']), answer(90, null), answer(12, 'a'), answer(90, 'c')],
    breaks: [dns(0, ['a']), dns(10, ['b']), dns(11, ['c']), answer(13, 'a')],
  },
  { name: 'dns-answers-expire', head: instance, holds: [dns(0, ['a']), answer(5, 'a')], breaks: [answer(5, 'a')] },
  {
    name: 'faults-leave-records',
    head: header('rds.single-az', {}, { faults: [{ atUs: 10, forUs: null, cause: 'az-outage' }] }),
    holds: [fault('started', 10, 'az-outage'), end(99)],
    breaks: [end(99)],
  },
  {
    name: 'acknowledged-on-four-of-six',
    head: aurora,
    holds: [acknowledged(1, 10, 1, ['x-a', 'y-a', 'z-a']), acknowledged(2, 11, 2, null)],
    breaks: [acknowledged(1, 10, 1, ['x-a', 'y-a', 'z-b'])],
  },
  {
    name: 'survives-az-and-segment',
    head: aurora,
    holds: [volume(0, 1), acknowledged(2, 11, 2, null)],
    breaks: [volume(0, 1), acknowledged(1, 10, 1, [])],
  },
  {
    name: 'no-write-with-stale-epoch',
    head: aurora,
    holds: [volume(0, 1), volume(8, 2), acknowledged(1, 10, 1, [], { epoch: 1 }), acknowledged(2, 12, 1, [])],
    breaks: [volume(0, 1), volume(7, 2), acknowledged(1, 10, 1, [], { epoch: 1 })],
  },
  {
    name: 'promoted-reader-is-newest',
    head: cluster,
    holds: [
      position('b', 1, 5, 'follows'),
      position('c', 1, 4, 'follows'),
      position('d', 1, 3, 'follows'),
      command('COMPARE_POSITIONS', 2, { nodes: ['b', 'c'] }),
      timeline(3, 3, 'd'),
      command('COMPARE_POSITIONS', 4, { nodes: ['b', 'x'] }),
      timeline(5, 3, 'x'),
      command('COMPARE_POSITIONS', 6, { nodes: ['b', 'c'] }),
      timeline(7, 5, 'b'),
      timeline(8, 4, 'c'),
    ],
    breaks: [
      position('b', 1, 5, 'follows'),
      position('c', 1, 4, 'follows'),
      command('COMPARE_POSITIONS', 6, { nodes: ['b', 'c'] }),
      timeline(8, 4, 'c'),
    ],
  },
  // A former writer that goes on, a standby of which nothing is known, and no writer at all.
  {
    name: 'promoted-standby-in-sync',
    head: instance,
    holds: [
      position('b', 1, 1, 'follows'),
      timeline(2, 1, 'b'),
      position('a', 1, 3, 'writes', { appliedLsn: 5 }),
      timeline(2, 3, 'a'),
      timeline(2, 3, 'x'),
    ],
    breaks: [position('a', 1, 5, 'writes'), position('b', 1, 4, 'follows'), timeline(2, 5)],
  },
  {
    name: 'reads-are-complete',
    head: aurora,
    holds: [acknowledged(1, 10, 5, null), acknowledged(2, 12, 6, null, { timeline: 2 }), served(4, 14, 9, 0)],
    breaks: [acknowledged(1, 10, 5, null), acknowledged(3, 11, 7, null, { key: 2 }), served(4, 14, 9, 3)].map(
      (record) => (record.type === 'served' ? { ...record, value: 0 } : record),
    ),
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [
      op(1, 10, 1),
      fault('started', 20, 'az-outage'),
      contents('a', 99 * S, []),
      contents('b', 99 * S, [], false),
    ],
    breaks: [op(1, 10, 1), ...healed, read(2, 90 * S, 1), contents('a', 99 * S, []), contents('b', 99 * S, [], false)],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [op(1, 10, 1), fault('started', 20, 'az-outage'), fault('healed', 80 * S, 'az-outage')].concat([
      contents('a', 99 * S, []) as never,
      contents('b', 99 * S, [], false) as never,
    ]),
    breaks: [
      acknowledged(1, 10, 1, null, { order: 7 }),
      acknowledged(2, 11, 2, null, { order: 6 }),
      contents('a', 20, [[1, 2, 6]]),
      contents('b', 20, [[1, 2, 6]]),
    ],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [contents('a', 20, items), contents('b', 20, items)],
    breaks: [contents('a', 20, items), contents('b', 20, [])],
  },
  {
    name: 'strong-read-is-latest',
    head: mrsc('strong'),
    holds: [op(1, 10, 1), op(2, 20, 2), read(3, 30, 1, 'another'), read(4, 30, 0, 'another'), read(5, 30, 77)],
    breaks: [op(1, 10, 1), op(2, 20, 2), read(3, 30, 1)],
  },
  {
    name: 'replica-eventually-current',
    head: replica,
    holds: [
      fault('started', 10, 'az-outage'),
      position('b', 30, 5, 'follows'),
      position('a', 30, 9, 'writes'),
      end(1_000 * S),
    ],
    breaks: [
      fault('started', 10, 'az-outage'),
      position('b', 30, 5, 'follows'),
      position('a', 30, 9, 'writes'),
      fault('healed', 390 * S, 'az-outage'),
      position('b', 391 * S, 5, 'follows'),
      end(1_000 * S),
    ],
  },
  // Just healed; on another timeline; with all that there is; of no source that writes; that does not work.
  {
    name: 'replica-eventually-current',
    head: replica,
    holds: [
      fault('started', 10, 'az-outage'),
      position('b', 30, 5, 'follows'),
      position('a', 30, 9, 'writes'),
      fault('healed', 410 * S, 'az-outage'),
      end(1_000 * S),
    ],
    breaks: [
      position('b', 30, 5, 'follows'),
      position('c', 30, 9, 'follows'),
      position('d', 30, 5, 'follows', { timeline: 2 }),
      position('e', 30, 5, 'detached'),
      position('f', 30, 5, 'follows', { works: false }),
      position('g', 30, 5, 'follows', { timelineOf: 'nowhere' }),
      position('a', 30, 9, 'writes'),
      end(1_000 * S),
    ],
  },
  {
    name: 'replica-eventually-current',
    head: replica,
    holds: [
      position('b', 30, 5, 'follows'),
      position('a', 30, 9, 'writes'),
      position('b', 500 * S, 5, 'follows', { timeline: 2 }),
      position('b', 600 * S, 5, 'follows'),
      end(1_000 * S),
    ],
    breaks: [
      position('b', 30, 4, 'follows'),
      position('a', 30, 9, 'writes'),
      position('b', 400 * S, 5, 'follows'),
      end(1_000 * S),
    ],
  },
  {
    name: 'replica-is-prefix',
    head: instance,
    holds: [
      position('b', 1, 6, 'follows', { timeline: 2 }),
      position('c', 1, 7, 'detached'),
      position('a', 1, 5, 'writes', { appliedLsn: 9 }),
      position('d', 1, 9, 'follows', { timelineOf: 'source' }),
    ],
    breaks: [position('a', 1, 5, 'writes'), position('b', 2, 7, 'follows'), position('a', 3, 8, 'writes')],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [
      ...healed,
      state(30, 'deleted', ['deleted']),
      { ...state(30, 'blocked', []), chart: 'other' },
      pending(40),
      end(40),
    ],
    breaks: [...healed, waiting, operator(31, 'called'), operator(32, 'done'), pending(40), end(40)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, state(30, 'blocked', []), pending(40, { work: 1 }), end(40)],
    breaks: [...healed, state(30, 'blocked', []), operator(31, 'called'), pending(40), end(40)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, state(30, 'blocked', []), pending(40, { persons: 1 }), end(40)],
    breaks: [...healed, state(30, 'blocked', []), pending(40, { timers: 1, work: 1, persons: 1 }), end(10_900 * S)],
  },
  {
    name: 'returns-to-service',
    head: replica,
    holds: [...healed, state(30, 'up', ['readable']), pending(99 * S, { writable: [], readable: ['b'] }), end(99 * S)],
    breaks: [...healed, state(30, 'up', ['writable']), pending(99 * S, { writable: [], readable: ['b'] }), end(99 * S)],
  },
  {
    name: 'returns-to-service',
    head: mrec,
    holds: [...healed, available, pending(99 * S, { writable: ['a', 'b'] }), end(99 * S)],
    breaks: [...healed, available, pending(99 * S, { writable: ['a'] }), end(99 * S)],
  },
  // Of what to do when no volume is left nothing is known, so nobody can be called for it.
  {
    name: 'returns-to-service',
    head: mrec,
    holds: [...healed, state(30, 'leadership.nothingLeft', ['waiting-for-person']), pending(40), end(40)],
    breaks: [...healed, state(30, 'leadership.noQuorum', ['waiting-for-person']), pending(40), end(40)],
  },
  // Names have a while to follow, and are of no matter before.
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, available, dns(40, ['b']), pending(2 * S, { timers: 1 }), end(2 * S)],
    breaks: [...healed, available, dns(40, ['b']), pending(3_599 * S, { timers: 1 }), end(3_599 * S)],
  },
  {
    name: 'returns-to-service',
    head: instance,
    holds: [...healed, available, dns(40, ['b']), pending(99 * S, { readable: ['b'] }), end(99 * S)],
    breaks: [...healed, available, dns(40, ['a', 'b']), pending(99 * S, { readable: [] }), end(99 * S)],
  },
];
