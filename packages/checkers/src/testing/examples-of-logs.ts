import type { Example } from './example.ts';
import { aurora, cluster, instance, synchronous, withFault } from './example-headers.ts';
import {
  acknowledged,
  command,
  contents,
  end,
  fault,
  node,
  op,
  position,
  served,
  timeline,
} from './hand-made-trace.ts';

const alone = command('SET_ACKS', 5, { acks: 0 });

/** Traces of databases with one log: one that keeps an invariant, and one that differs in what it speaks of. */
export const examplesOfLogs: readonly Example[] = [
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
    head: synchronous,
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
    // A write that was repeated after a time-out: its first attempt came late, and reads find it above another.
    name: 'reads-are-complete',
    head: aurora,
    holds: [acknowledged(1, 10, 1, null, { attempts: 2 }), acknowledged(2, 12, 2, null), served(3, 14, 3, 1)],
    breaks: [acknowledged(1, 10, 1, null), acknowledged(2, 12, 2, null), served(3, 14, 3, 1)],
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
];
