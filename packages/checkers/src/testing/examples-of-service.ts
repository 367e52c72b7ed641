import type { DnsRecord, TraceRecord } from '@faultline/trace';
import type { Example } from './example.ts';
import { aurora, instance, mrec, mrsc, replica } from './example-headers.ts';
import { acknowledged, contents, end, fault, op, pending, position, state, volume } from './hand-made-trace.ts';

const S = 1_000_000;

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
const called = (atUs: number): TraceRecord => ({
  type: 'operator',
  atUs,
  database: 'orders',
  edge: 'called',
  step: 'restore',
  who: 'oncall',
});
const healed = [fault('started', 10, 'az-outage'), fault('healed', 20, 'az-outage')];

/** Traces of volumes, tables, names and service: one that keeps an invariant, and one that differs in what it speaks of. */
export const examplesOfService: readonly Example[] = [
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
    holds: [...healed, state(30, 'blocked', ['waiting-for-person']), called(31), pending(40), end(40)],
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
