import type { DependencyGraph } from '../dependency.ts';
import { Queue } from '../queue.ts';
import { topologicalOrder } from '../topological-order.ts';
import type { Transaction } from '../transaction.ts';
import type { OpenOrder } from './open-order.ts';

/** What was written to one key last, while transactions are run one by one. */
interface Held {
  /** Of each writer the readers of its version that have not run. */
  readonly unread: Map<number, Set<number>>;
  current: number | undefined;
  /** Writers that wait until the current version has been read by all who read it. */
  waiting: number[];
}

/**
 * Runs the transactions one after the other: each when all that it depends on have run, and none that would overwrite
 * what somebody has still to read; of several the one first that, or on which another, ended first. Returns the order,
 * which then is one that nothing contradicts, or undefined if it came to a stop. Another order may exist all the same.
 */
export function serialOrder(
  graph: DependencyGraph,
  transactions: readonly Transaction[],
  orders: readonly OpenOrder[],
): readonly number[] | undefined {
  const sorted = topologicalOrder(graph.size, (vertex, visit) => graph.forEachTarget(vertex, visit));
  if (sorted === undefined) return undefined;
  const urgency = urgencies(graph, transactions, sorted);
  const { writes, reads } = heldByTransaction(orders, graph.size);
  const waitsFor = new Int32Array(graph.size);
  for (const vertex of sorted)
    graph.forEachTarget(vertex, (to) => {
      waitsFor[to] = (waitsFor[to] as number) + 1;
    });
  const ready = new Queue((a, b) => (urgency[a] as number) - (urgency[b] as number) || a - b);
  for (const vertex of sorted) if (waitsFor[vertex] === 0) ready.add(vertex);
  const order: number[] = [];
  for (let next = ready.take(); next !== undefined; next = ready.take()) {
    const transaction = next;
    const blocking = writes[transaction]?.find((held) => isStillRead(held, transaction));
    if (blocking !== undefined) {
      blocking.waiting.push(transaction);
      continue;
    }
    order.push(transaction);
    for (const [held, writer] of reads[transaction] ?? []) held.unread.get(writer)?.delete(transaction);
    for (const held of writes[transaction] ?? []) held.current = transaction;
    const touched = [...(reads[transaction] ?? []).map(([held]) => held), ...(writes[transaction] ?? [])];
    for (const held of touched) for (const waiting of held.waiting.splice(0)) ready.add(waiting);
    graph.forEachTarget(transaction, (to) => {
      waitsFor[to] = (waitsFor[to] as number) - 1;
      if (waitsFor[to] === 0) ready.add(to);
    });
  }
  return order.length === graph.size ? order : undefined;
}

function isStillRead({ unread, current }: Held, by: number): boolean {
  const readers = current === undefined ? undefined : unread.get(current);
  return readers !== undefined && readers.size - Number(readers.has(by)) > 0;
}

/** By transaction, when it ended or, if that was earlier, something that depends on it. */
function urgencies(graph: DependencyGraph, transactions: readonly Transaction[], sorted: Int32Array): Float64Array {
  const urgency = Float64Array.from(transactions, ({ operation }) => operation.completedAt);
  for (let at = sorted.length - 1; at >= 0; at--) {
    const vertex = sorted[at] as number;
    graph.forEachTarget(vertex, (to) => {
      urgency[vertex] = Math.min(urgency[vertex] as number, urgency[to] as number);
    });
  }
  return urgency;
}

interface HeldByTransaction {
  readonly writes: readonly (Held[] | undefined)[];
  readonly reads: readonly ((readonly [Held, number])[] | undefined)[];
}

function heldByTransaction(orders: readonly OpenOrder[], size: number): HeldByTransaction {
  const writes = new Array<Held[] | undefined>(size).fill(undefined);
  const reads = new Array<(readonly [Held, number])[] | undefined>(size).fill(undefined);
  for (const { versions } of orders) {
    const held: Held = { unread: new Map(), current: undefined, waiting: [] };
    for (const { writer, readers } of versions) {
      if (writes[writer] === undefined) writes[writer] = [held];
      else writes[writer].push(held);
      held.unread.set(writer, new Set(readers));
      for (const reader of readers) {
        if (reads[reader] === undefined) reads[reader] = [[held, writer]];
        else reads[reader].push([held, writer]);
      }
    }
  }
  return { writes, reads };
}
