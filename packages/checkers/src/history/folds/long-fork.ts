import type { HistoryModel, HistoryResult } from '../history-model.ts';
import { stepsText, type Transaction, transactionsOf } from '../isolation/transaction.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { listed } from './functions.ts';

const NOTHING = 'null';

/** Jepsen's long fork: of keys that are written once, two reads must not see two writes in opposite orders. */
export const longFork: HistoryModel = {
  name: 'long-fork',
  aliases: ['jepsen-long-fork'],
  family: 'others',
  summary:
    'keys written once, and reads of several keys that must agree on the order; [:w key value] and [:r key value]',
  check,
};

interface Read {
  readonly transaction: Transaction;
  readonly values: ReadonlyMap<string, string>;
}

function check(operations: readonly Operation[]): HistoryResult {
  const transactions = transactionsOf(operations, 'w');
  const twice = keyWrittenTwice(transactions);
  if (twice !== undefined) {
    const summary = `The key ${twice} was written more than once, so which write a read saw cannot be told.`;
    return { verdict: 'unknown', summary, explanation: [], details: {} };
  }
  const groups = new Map<string, Map<string, Read>>();
  for (const transaction of transactions) {
    if (transaction.operation.outcome !== 'ok' || transaction.steps.some(({ kind }) => kind === 'write')) continue;
    const values = new Map(transaction.steps.map(({ key, text }) => [key, text] as const));
    const keys = [...values.keys()].sort();
    const states = groups.get(keys.join(' ')) ?? new Map<string, Read>();
    groups.set(keys.join(' '), states);
    const state = keys.map((key) => values.get(key)).join(' ');
    // Reads that saw the same differ from others in the same way.
    if (!states.has(state)) states.set(state, { transaction, values });
  }
  const problems = [...groups.values()].flatMap((states) => forksAmong([...states.values()]));
  return listed(problems, 'All reads agree on an order of the writes.', { groups: groups.size });
}

function keyWrittenTwice(transactions: readonly Transaction[]): string | undefined {
  const written = new Set<string>();
  for (const { steps } of transactions) {
    for (const { kind, key } of steps) {
      if (kind === 'read') continue;
      if (written.has(key)) return key;
      written.add(key);
    }
  }
  return undefined;
}

function forksAmong(reads: readonly Read[]): readonly string[] {
  const forks: string[] = [];
  for (const [index, one] of reads.entries())
    for (const other of reads.slice(index + 1)) {
      if (!sawMore(one, other) || !sawMore(other, one)) continue;
      forks.push(`${describe(one)} and ${describe(other)} saw writes in opposite orders.`);
    }
  return forks;
}

/** Whether the one saw a write that the other missed. */
function sawMore(one: Read, other: Read): boolean {
  return [...one.values].some(([key, value]) => value !== NOTHING && other.values.get(key) === NOTHING);
}

function describe({ transaction }: Read): string {
  const { operation } = transaction;
  const who = operation.process < 0 ? '' : `process ${operation.process}, `;
  return `(${who}${placeText(operation)}: ${stepsText(transaction, 'w')})`;
}
