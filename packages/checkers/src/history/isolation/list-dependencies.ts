import type { HistoryValue } from '../history.ts';
import { valueText } from '../value-text.ts';
import type { DependencyGraph, Reason } from './dependency.ts';
import type { ListKey } from './list-index.ts';
import { keyText, type Transaction } from './transaction.ts';
import type { OpenOrder, OpenVersion } from './version-orders/open-order.ts';

const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

/** Transactions that committed, and those in doubt of which somebody read something. */
export function transactionsThatTookEffect(keys: readonly ListKey[]): ReadonlySet<Transaction> {
  const tookEffect = new Set<Transaction>();
  for (const { writers, telling } of keys) {
    for (const writer of writers.values()) if (writer.operation.outcome === 'ok') tookEffect.add(writer);
    for (const { elements } of telling) {
      for (const element of elements) {
        const writer = writers.get(element);
        if (writer?.operation.outcome === 'indeterminate') tookEffect.add(writer);
      }
    }
  }
  return tookEffect;
}

/** Adds every dependency that one list shows; none if it cannot be told who appended what. */
export function addListDependencies(graph: DependencyGraph, list: ListKey, tookEffect: ReadonlySet<Transaction>): void {
  if (list.ambiguous.size > 0) return;
  const writerOf = (element: string | undefined): Transaction | undefined => {
    const writer = element === undefined ? undefined : list.writers.get(element);
    return writer !== undefined && tookEffect.has(writer) ? writer : undefined;
  };
  const readers = readersByVersion(list);
  for (const [last, transactions] of readers) {
    const writer = writerOf(last);
    if (last === undefined || writer === undefined) continue;
    const reason = wasRead(list.key, last);
    for (const { id } of transactions) graph.add(writer.id, id, 'wr', 'observed', reason);
  }
  const append = (element: string, before: string | undefined): void => {
    const writer = writerOf(element);
    if (writer === undefined) return;
    const writerBefore = writerOf(before);
    const reason = wasAppended(list.key, element, before);
    if (writerBefore !== undefined) graph.add(writerBefore.id, writer.id, 'ww', 'observed', reason);
    for (const { id } of readers.get(before) ?? []) graph.add(id, writer.id, 'rw', 'observed', reason);
  };
  for (const [place, element] of list.order.entries()) append(element, list.order[place - 1]);
  const known = new Set(list.order);
  for (const element of list.writers.keys()) if (!known.has(element)) append(element, list.order.at(-1));
}

/** Who read the list up to which element; undefined for nothing. */
function readersByVersion({ reads }: ListKey): ReadonlyMap<string | undefined, readonly Transaction[]> {
  const readers = new Map<string | undefined, Transaction[]>();
  for (const { transaction, elements } of reads) {
    const known = readers.get(elements.at(-1));
    if (known === undefined) readers.set(elements.at(-1), [transaction]);
    else known.push(transaction);
  }
  return readers;
}

function wasRead(key: string, element: string): Reason {
  return {
    key,
    because: (_, from, to) => `${to} read ${keyText(key)} up to the ${shown(element)} that ${from} appended`,
  };
}

/** An append, and what comes just before it in the list. */
function wasAppended(key: string, element: string, before: string | undefined): Reason {
  return {
    key,
    because: ({ relation }, from, to) => {
      if (relation === 'ww' && before !== undefined)
        return `${to} appended ${shown(element)} to ${keyText(key)} after the ${shown(before)} that ${from} appended`;
      const seen = before === undefined ? 'empty' : `only up to ${shown(before)}`;
      return `${from} read ${keyText(key)} ${seen}, without the ${shown(element)} that ${to} appended`;
    },
  };
}

/** Appends after all that was read: in which order, nobody saw. Of several by one transaction, the last stands for all. */
export function unreadAppends(list: ListKey, tookEffect: ReadonlySet<Transaction>): OpenOrder {
  const known = new Set(list.order);
  const versions = new Map<number, OpenVersion>();
  for (const [value, writer] of list.ambiguous.size > 0 ? [] : list.writers)
    if (!known.has(value) && tookEffect.has(writer)) versions.set(writer.id, { value, writer: writer.id, readers: [] });
  return { key: list.key, versions: [...versions.values()] };
}
