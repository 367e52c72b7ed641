import type { Dependency } from './dependency.ts';
import type { Transaction } from './transaction.ts';

/** Each transaction before the next of its process. */
export function processOrder(transactions: readonly Transaction[]): readonly Dependency[] {
  const last = new Map<number, Transaction>();
  const order: Dependency[] = [];
  for (const transaction of transactions) {
    const { process } = transaction.operation;
    const before = last.get(process);
    last.set(process, transaction);
    if (before === undefined || before.operation.outcome !== 'ok') continue;
    order.push({
      from: before.id,
      to: transaction.id,
      relation: 'process',
      basis: 'observed',
      because: (from, to) => `process ${process} ended ${from} before it began ${to}`,
    });
  }
  return order;
}

/** Each transaction that ended before each that began later, without pairs that follow from others. */
export function realtimeOrder(transactions: readonly Transaction[]): readonly Dependency[] {
  return precedingPairs(transactions).map(([before, after]) => ({
    from: before.id,
    to: after.id,
    relation: 'realtime',
    basis: 'observed',
    because: (from, to) =>
      `${from} ended (line ${lineOfCompletion(before)}) before ${to} began (line ${after.operation.line})`,
  }));
}

/** Pairs of which the first ended before the second began; every other such pair follows from them. */
export function precedingPairs(transactions: readonly Transaction[]): readonly (readonly [Transaction, Transaction])[] {
  const events = transactions.flatMap((transaction) => {
    const { invokedAt, completedAt } = transaction.operation;
    const begin = { at: invokedAt, transaction, begins: true };
    return Number.isFinite(completedAt) ? [begin, { at: completedAt, transaction, begins: false }] : [begin];
  });
  events.sort((a, b) => a.at - b.at);
  const pairs: (readonly [Transaction, Transaction])[] = [];
  const before = new Map<Transaction, readonly Transaction[]>();
  let ended = new Set<Transaction>();
  for (const { transaction, begins } of events) {
    if (begins) {
      before.set(transaction, [...ended]);
      for (const earlier of ended) pairs.push([earlier, transaction]);
    } else {
      // Whatever begins now also comes after what this one came after: that follows.
      const implied = new Set(before.get(transaction));
      before.delete(transaction);
      ended = new Set([...ended].filter((earlier) => !implied.has(earlier)));
      ended.add(transaction);
    }
  }
  return pairs;
}

function lineOfCompletion({ operation }: Transaction): number {
  return (operation.completion as { readonly line?: number } | undefined)?.line ?? operation.line;
}
