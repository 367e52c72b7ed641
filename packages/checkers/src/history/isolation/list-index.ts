import type { HistoryValue } from '../history.ts';
import { canonicalText, isList } from '../value-text.ts';
import type { Step, Transaction } from './transaction.ts';

/** A read of a list by a transaction that committed. */
export interface ListRead {
  readonly transaction: Transaction;
  readonly step: Step;
  /** The elements as texts. */
  readonly elements: readonly string[];
}

/** Everything that is known about one key. */
export interface ListKey {
  readonly key: string;
  /** The transaction that appended each element, failed ones too. */
  readonly writers: ReadonlyMap<string, Transaction>;
  /** Elements that were appended more than once: whose they are cannot be told. */
  readonly ambiguous: ReadonlySet<string>;
  readonly reads: readonly ListRead[];
  /** The elements in the order in which they were appended, as far as reads show it and agree. */
  readonly order: readonly string[];
}

interface Building {
  readonly writers: Map<string, Transaction>;
  readonly ambiguous: Set<string>;
  readonly reads: ListRead[];
}

/** Gathers all keys of a history of appends. */
export function listKeys(transactions: readonly Transaction[]): readonly ListKey[] {
  const keys = new Map<string, Building>();
  const at = (key: string): Building => {
    const known = keys.get(key) ?? { writers: new Map(), ambiguous: new Set(), reads: [] };
    keys.set(key, known);
    return known;
  };
  for (const transaction of transactions) {
    for (const step of transaction.steps) {
      const building = at(step.key);
      if (step.kind === 'read') {
        if (transaction.operation.outcome === 'ok')
          building.reads.push({ transaction, step, elements: elementsOf(step.value) });
      } else if (building.writers.has(step.text)) building.ambiguous.add(step.text);
      else building.writers.set(step.text, transaction);
    }
  }
  return [...keys].map(([key, { writers, ambiguous, reads }]) => {
    return { key, writers, ambiguous, reads, order: agreedOrder(reads) };
  });
}

/** The longest list that was read or, where reads contradict each other, as much of it as all of them begin with. */
function agreedOrder(reads: readonly ListRead[]): readonly string[] {
  const longest = reads.reduce<readonly string[]>((most, { elements }) => {
    return elements.length > most.length ? elements : most;
  }, []);
  let agreed = longest.length;
  for (const { elements } of reads) {
    const differs = elements.findIndex((element, place) => element !== longest[place]);
    if (differs !== -1) agreed = Math.min(agreed, differs);
  }
  return [...new Set(longest.slice(0, agreed))];
}

/** A list that was never appended to reads as empty or as nil. */
export function elementsOf(value: HistoryValue): readonly string[] {
  if (value === null) return [];
  return isList(value) ? value.map(canonicalText) : [canonicalText(value)];
}
