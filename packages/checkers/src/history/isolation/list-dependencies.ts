import type { HistoryValue } from '../history.ts';
import { valueText } from '../value-text.ts';
import type { Dependency } from './dependency.ts';
import type { ListKey } from './list-index.ts';
import { keyText, type Transaction } from './transaction.ts';
import type { OpenOrder, OpenVersion } from './version-orders/open-order.ts';

const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

/** Transactions that committed, and those in doubt of which somebody read something. */
export function transactionsThatTookEffect(keys: readonly ListKey[]): ReadonlySet<Transaction> {
  const tookEffect = new Set<Transaction>();
  for (const { writers, reads } of keys) {
    for (const writer of writers.values()) if (writer.operation.outcome === 'ok') tookEffect.add(writer);
    for (const { elements } of reads) {
      for (const element of elements) {
        const writer = writers.get(element);
        if (writer?.operation.outcome === 'indeterminate') tookEffect.add(writer);
      }
    }
  }
  return tookEffect;
}

/** An append with what comes just before it in the list. */
interface Append {
  readonly key: string;
  readonly element: string;
  readonly writer: Transaction;
  readonly before: string | undefined;
  readonly writerBefore: Transaction | undefined;
  readonly readersBefore: readonly Transaction[];
}

/** Every dependency that one list shows; none if it cannot be told who appended what. */
export function* listDependencies(list: ListKey, tookEffect: ReadonlySet<Transaction>): Generator<Dependency> {
  if (list.ambiguous.size > 0) return;
  const writerOf = (element: string | undefined): Transaction | undefined => {
    const writer = element === undefined ? undefined : list.writers.get(element);
    return writer !== undefined && tookEffect.has(writer) ? writer : undefined;
  };
  const readers = new Map<string | undefined, Transaction[]>();
  for (const { transaction, elements } of list.reads) {
    const last = elements.at(-1);
    const known = readers.get(last);
    if (known === undefined) readers.set(last, [transaction]);
    else known.push(transaction);
    const writer = writerOf(last);
    if (writer !== undefined) yield wasRead(list.key, last as string, writer, transaction);
  }
  const append = (element: string, writer: Transaction, before: string | undefined): Append => {
    const writerBefore = writerOf(before);
    return { key: list.key, element, writer, before, writerBefore, readersBefore: readers.get(before) ?? [] };
  };
  for (const [place, element] of list.order.entries()) {
    const writer = writerOf(element);
    if (writer !== undefined) yield* wasAppended(append(element, writer, list.order[place - 1]));
  }
  const known = new Set(list.order);
  for (const element of list.writers.keys()) {
    const writer = writerOf(element);
    if (writer !== undefined && !known.has(element)) yield* wasAppended(append(element, writer, list.order.at(-1)));
  }
}

function wasRead(key: string, element: string, writer: Transaction, reader: Transaction): Dependency {
  return {
    from: writer.id,
    to: reader.id,
    relation: 'wr',
    basis: 'observed',
    key,
    because: (from, to) => `${to} read ${keyText(key)} up to the ${shown(element)} that ${from} appended`,
  };
}

function* wasAppended({ key, element, writer, before, writerBefore, readersBefore }: Append): Generator<Dependency> {
  if (writerBefore !== undefined && before !== undefined)
    yield {
      from: writerBefore.id,
      to: writer.id,
      relation: 'ww',
      basis: 'observed',
      key,
      because: (from, to) =>
        `${to} appended ${shown(element)} to ${keyText(key)} after the ${shown(before)} that ${from} appended`,
    };
  const seen = before === undefined ? 'empty' : `only up to ${shown(before)}`;
  for (const reader of readersBefore)
    yield {
      from: reader.id,
      to: writer.id,
      relation: 'rw',
      basis: 'observed',
      key,
      because: (from, to) => `${from} read ${keyText(key)} ${seen}, without the ${shown(element)} that ${to} appended`,
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
