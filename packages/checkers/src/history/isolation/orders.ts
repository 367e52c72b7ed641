import type { DependencyGraph, Reason } from './dependency.ts';
import type { Transaction } from './transaction.ts';

/** Adds to the graph that each transaction comes before the next of its process. */
export function addProcessOrder(graph: DependencyGraph, transactions: readonly Transaction[]): void {
  const last = new Map<number, Transaction>();
  const reason = reasonFrom(transactions, ({ operation }, _, from, to) => {
    return `process ${operation.process} ended ${from} before it began ${to}`;
  });
  for (const transaction of transactions) {
    const { process } = transaction.operation;
    const before = last.get(process);
    last.set(process, transaction);
    if (before?.operation.outcome === 'ok') graph.add(before.id, transaction.id, 'process', 'observed', reason);
  }
}

/** Adds that each that ended comes before each that began later, without pairs that follow from others. */
export function addRealtimeOrder(graph: DependencyGraph, transactions: readonly Transaction[]): void {
  const reason = reasonFrom(transactions, (before, after, from, to) => {
    return `${from} ended (line ${lineOfCompletion(before)}) before ${to} began (line ${after.operation.line})`;
  });
  forEachPreceding(transactions, (before, after) => graph.add(before.id, after.id, 'realtime', 'observed', reason));
}

function reasonFrom(
  transactions: readonly Transaction[],
  text: (before: Transaction, after: Transaction, from: string, to: string) => string,
): Reason {
  const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]));
  return {
    because: ({ from, to }, before, after) =>
      text(byId.get(from) as Transaction, byId.get(to) as Transaction, before, after),
  };
}

/** Calls `visit` with pairs of which the first ended before the second began; every other such pair follows from them. */
export function forEachPreceding(
  transactions: readonly Transaction[],
  visit: (before: Transaction, after: Transaction) => void,
): void {
  const before = new Map<Transaction, readonly Transaction[]>();
  let ended: readonly Transaction[] = [];
  for (const { transaction, begins } of beginsAndEnds(transactions)) {
    if (begins) {
      before.set(transaction, ended);
      for (const earlier of ended) visit(earlier, transaction);
    } else {
      // Whatever begins now also comes after what this one came after: that follows.
      const implied = new Set(before.get(transaction));
      before.delete(transaction);
      ended = [...ended.filter((earlier) => !implied.has(earlier)), transaction];
    }
  }
}

interface Moment {
  readonly at: number;
  readonly transaction: Transaction;
  readonly begins: boolean;
}

function beginsAndEnds(transactions: readonly Transaction[]): readonly Moment[] {
  const moments: Moment[] = [];
  for (const transaction of transactions) {
    const { invokedAt, completedAt } = transaction.operation;
    moments.push({ at: invokedAt, transaction, begins: true });
    if (Number.isFinite(completedAt)) moments.push({ at: completedAt, transaction, begins: false });
  }
  return moments.sort((a, b) => a.at - b.at);
}

function lineOfCompletion({ operation }: Transaction): number {
  return operation.completedOnLine ?? operation.line;
}
