import type { ReplicationRecord } from '@faultline/trace';
import type { Example } from './example.ts';
import { aurora, cluster, instance, mrec, mrsc, synchronous, withFault } from './example-headers.ts';
import {
  acknowledged,
  command,
  contents,
  end,
  fault,
  op,
  position,
  served,
  timeline,
  volume,
} from './hand-made-trace.ts';

const S = 1_000_000;

const read = (number: number, atUs: number, value: number) =>
  op(number, atUs, 0, { action: 'read', value, staleUs: 0, node: 'b' });
const replication = (atUs: number): ReplicationRecord => ({
  type: 'replication',
  atUs,
  database: 'orders',
  from: 'a',
  to: 'b',
  state: 'streaming',
});
const alone = command('SET_ACKS', 5, { acks: 0 });
const together = command('SET_ACKS', 12, { acks: 1 });
const restored = command('RESTORE_BACKUP', 20);
const many = Array.from({ length: 3_000 }, (_, index) => op(index + 1, 10, index + 1));

/** Traces at the edges of what invariants speak of: one that just keeps an invariant, and one that just does not. */
export const examplesOfEdges: readonly Example[] = [
  {
    name: 'monotone-time',
    head: instance,
    holds: [end(4), op(1, 10, 1), end(10)],
    breaks: [end(4), op(1, 10, 1), end(9)],
  },
  {
    name: 'monotone-time',
    head: instance,
    holds: [op(1, 10, 1, { committedAtUs: 6, invokedAtUs: 6 })],
    breaks: [op(1, 10, 1, { committedAtUs: 6, invokedAtUs: 7 })],
  },
  {
    name: 'faults-leave-records',
    head: withFault,
    holds: [fault('started', 10, 'az-outage'), end(14)],
    breaks: [fault('started', 10, 'az-outage'), end(15)],
  },
  {
    name: 'faults-leave-records',
    head: withFault,
    holds: [fault('started', 10, 'az-outage'), fault('healed', 15, 'az-outage'), end(15)],
    breaks: [fault('started', 11, 'az-outage'), fault('healed', 15, 'az-outage'), end(15)],
  },
  {
    name: 'single-writer',
    head: instance,
    holds: [op(1, 10, 1), timeline(20, 1), op(2, 30, 2, { committedAtUs: 20 })],
    breaks: [op(1, 10, 1), timeline(20, 1), op(2, 30, 2, { committedAtUs: 21 })],
  },
  // Nothing was acknowledged before the fork: it still ends what went before it.
  {
    name: 'single-writer',
    head: instance,
    holds: [timeline(20, 1), op(2, 30, 2, { committedAtUs: 20 })],
    breaks: [timeline(20, 1), op(2, 30, 2)],
  },
  // Another database forks off: its source goes on.
  {
    name: 'single-writer',
    head: instance,
    holds: [op(1, 10, 1), timeline(20, 1, 'b', { parentDatabase: 'source' }), op(2, 30, 2)],
    breaks: [op(1, 10, 1), timeline(20, 1), timeline(25, 1, 'b', { parentDatabase: 'source' }), op(2, 30, 2)],
  },
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), op(2, 12, 2), restored, timeline(20, 1), timeline(30, 1, 'a', { timeline: 3, parent: 2 })],
    breaks: [
      op(1, 10, 1),
      restored,
      timeline(20, 1),
      op(2, 25, 2, { position: { timeline: 2, lsn: 2 } }),
      timeline(30, 1, 'a', { timeline: 3, parent: 2 }),
    ],
  },
  {
    name: 'acknowledged-writes-survive',
    head: instance,
    holds: [op(1, 10, 1), op(2, 12, 2), timeline(20, 1, 'b', { parentDatabase: 'source' })],
    breaks: [op(1, 10, 2), op(2, 12, 1), timeline(20, 1)],
  },
  {
    name: 'acknowledged-writes-survive',
    head: synchronous,
    holds: [alone, op(1, 10, 1), acknowledged(1, 10, 1, null), contents('a', 20, [])],
    breaks: [op(1, 10, 1), acknowledged(1, 10, 1, null), contents('a', 20, [])],
  },
  // Taken while the standby was given up, and acknowledged when it was not any more.
  {
    name: 'acknowledged-writes-survive',
    head: synchronous,
    holds: [alone, together, op(1, 13, 2, { committedAtUs: 12 }), timeline(20, 1)],
    breaks: [alone, together, op(1, 15, 2, { committedAtUs: 13 }), timeline(20, 1)],
  },
  {
    name: 'acknowledged-writes-survive',
    head: synchronous,
    holds: [alone, together, timeline(14, 1), op(1, 15, 2, { committedAtUs: 12 })],
    breaks: [alone, together, timeline(14, 1), op(1, 15, 2, { committedAtUs: 13 })],
  },
  // In a table every Region keeps what it acknowledged itself, in the order of timestamps.
  {
    name: 'acknowledged-writes-survive',
    head: mrec,
    holds: [
      acknowledged(1, 10, 1, null, { order: 7 }),
      acknowledged(2, 12, 2, null, { order: 6 }),
      contents('a', 20, [[1, 1, 7]]),
      contents('b', 20, []),
    ],
    breaks: [
      acknowledged(2, 10, 2, null, { order: 6 }),
      acknowledged(1, 12, 1, null, { order: 7 }),
      contents('a', 20, [[1, 2, 6]]),
    ],
  },
  {
    name: 'commit-order',
    head: instance,
    holds: [op(2, 16, 900), op(1, 10, 1), op(1, 10, 1), op(3, 18, 300, { committedAtUs: 12 })],
    breaks: [op(2, 16, 900), op(1, 10, 1), op(3, 18, 300, { committedAtUs: 7 })],
  },
  {
    name: 'commit-order',
    head: instance,
    holds: [op(1, 10, 1), op(2, 12, 2, { position: { timeline: 2, lsn: 1 }, committedAtUs: 4 })],
    breaks: [op(1, 10, 257), op(2, 12, 1), op(3, 14, 257)],
  },
  {
    name: 'positions-never-move-back',
    head: instance,
    holds: [
      position('a', 1, 5, 'writes', { appliedLsn: 9 }),
      position('a', 2, 5, 'writes', { appliedLsn: 8 }),
      position('b', 2, 4, 'follows'),
      position('b', 3, 3, 'follows', { timeline: 2 }),
      position('b', 4, 2, 'follows', { timeline: 2, timelineOf: 'source' }),
    ],
    breaks: [position('a', 1, 5, 'writes'), position('a', 2, 4, 'writes')],
  },
  {
    name: 'no-write-with-stale-epoch',
    head: aurora,
    holds: [
      volume(0, 2),
      volume(5, 2),
      acknowledged(1, 10, 1, [], { epoch: 2 }),
      acknowledged(2, 10, 1, null, { epoch: 1 }),
    ],
    breaks: [volume(0, 1), volume(7, 2), volume(7, 3), acknowledged(1, 10, 1, [], { epoch: 2 })],
  },
  {
    name: 'acknowledged-on-both-copies',
    head: instance,
    holds: [alone, together, acknowledged(1, 14, 1, [])],
    breaks: [alone, together, acknowledged(1, 15, 1, [])],
  },
  {
    name: 'acknowledged-on-four-of-six',
    head: aurora,
    holds: [acknowledged(1, 10, 1, ['x1', 'x2', 'y1', 'y2', 'z1'])],
    breaks: [acknowledged(1, 10, 1, [])],
  },
  {
    name: 'survives-az-and-segment',
    head: aurora,
    holds: [volume(0, 1), acknowledged(1, 10, 1, ['x1', 'y1', 'z1'])],
    breaks: [volume(0, 1), acknowledged(1, 10, 1, ['x1', 'x2', 'z1'])],
  },
  {
    name: 'promoted-standby-in-sync',
    head: instance,
    holds: [
      position('a', 1, 5, 'writes', { appliedLsn: 4 }),
      position('b', 1, 2, 'follows', { timeline: 2 }),
      timeline(2, 4),
    ],
    breaks: [position('a', 1, 5, 'writes', { appliedLsn: 4 }), position('b', 1, 5, 'follows'), timeline(2, 3)],
  },
  {
    name: 'promoted-reader-is-newest',
    head: cluster,
    holds: [
      position('b', 1, 5, 'follows'),
      position('c', 1, 6, 'follows', { works: false }),
      position('d', 1, 9, 'follows', { timeline: 2 }),
      position('e', 1, 9, 'follows'),
      command('COMPARE_POSITIONS', 2, { nodes: ['b', 'c', 'd', 'a'] }),
      timeline(4, 5),
      position('c', 5, 6, 'follows'),
      timeline(6, 5),
    ],
    breaks: [
      position('b', 1, 5, 'follows'),
      position('c', 1, 4, 'follows'),
      command('COMPARE_POSITIONS', 2, { nodes: ['b', 'c'] }),
      position('c', 2, 6, 'follows'),
      command('SET_ACKS', 3, {}),
      timeline(4, 5),
    ],
  },
  // Of an older timeline nothing is known, nor of what its client has not heard yet.
  {
    name: 'reads-are-complete',
    head: aurora,
    holds: [
      acknowledged(1, 10, 5, null),
      acknowledged(2, 12, 6, null, { timeline: 2 }),
      acknowledged(3, 13, 9, null),
      served(4, 14, 5, 3),
      served(5, 14, 9, 2, { timeline: 2 }),
      served(6, 14, 9, 77, { timeline: 2 }),
    ],
    breaks: [
      acknowledged(1, 10, 5, null),
      acknowledged(2, 12, 6, null, { timeline: 2 }),
      served(5, 14, 9, 0, { timeline: 2 }),
    ],
  },
  {
    name: 'reads-are-complete',
    head: aurora,
    holds: [
      acknowledged(2, 12, 6, null),
      acknowledged(1, 13, 5, null),
      acknowledged(3, 14, 7, null),
      served(4, 14, 5, 1),
      served(5, 14, 6, 2),
      served(6, 14, 4, 0),
      served(7, 14, 7, 3, { key: 2 }),
    ],
    breaks: [
      acknowledged(2, 12, 6, null),
      acknowledged(1, 13, 5, null),
      acknowledged(3, 14, 7, null),
      served(5, 14, 6, 1),
    ],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [...many, contents('a', 89 * S, []), contents('b', 89 * S, [], false)],
    breaks: [...many, contents('a', 91 * S, []), contents('b', 91 * S, [], false)],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [op(1, 10, 1), replication(90 * S), contents('a', 99 * S, []), contents('b', 99 * S, [], false)],
    breaks: [op(1, 10, 1), replication(90 * S), contents('a', 151 * S, []), contents('b', 151 * S, [], false)],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [acknowledged(1, 10, 1, null), contents('a', 20, [[1, 1, 0]]), contents('b', 20, [[1, 1, 0]])],
    breaks: [acknowledged(1, 10, 1, null, { order: 1 }), contents('a', 20, []), contents('b', 20, [])],
  },
  {
    name: 'regions-converge',
    head: mrec,
    holds: [
      acknowledged(1, 10, 1, null, { order: 7 }),
      acknowledged(2, 10, 1, null, { order: 6 }),
      contents('a', 20, [[1, 1, 7]]),
      contents('b', 20, [[1, 1, 7]]),
    ],
    breaks: [contents('a', 20, [[1, 1, 7]]), contents('b', 20, [])],
  },
  // Answered when the read had begun already; and of two writes at once the one that began last is the latest.
  {
    name: 'strong-read-is-latest',
    head: mrsc('strong'),
    holds: [op(1, 10, 1), read(3, 12, 0)],
    breaks: [
      op(9, 5, 9, { invokedAtUs: 1 }),
      op(1, 10, 1, { invokedAtUs: 8 }),
      op(2, 12, 2, { invokedAtUs: 2 }),
      read(3, 30, 9),
    ],
  },
  {
    name: 'strong-read-is-latest',
    head: mrsc('strong'),
    holds: [op(1, 10, 1, { invokedAtUs: 5 }), op(2, 20, 2, { invokedAtUs: 10 }), read(3, 30, 1), read(4, 30, 2)],
    breaks: [op(1, 10, 1, { invokedAtUs: 5 }), op(2, 20, 2, { invokedAtUs: 11 }), read(3, 30, 1)],
  },
];
