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
  /** Reads that show all elements that any shows: the longest, if it begins with each other one. */
  readonly telling: readonly ListRead[];
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
        if (transaction.operation.outcome === 'ok') building.reads.push({ transaction, step, elements: step.elements });
      } else if (building.writers.has(step.text)) building.ambiguous.add(step.text);
      else building.writers.set(step.text, transaction);
    }
  }
  return [...keys].map(([key, { writers, ambiguous, reads }]) => {
    return { key, writers, ambiguous, reads, ...agreed(reads) };
  });
}

/** The longest list that was read or, where reads contradict each other, as much of it as all of them begin with. */
function agreed(reads: readonly ListRead[]): Pick<ListKey, 'telling' | 'order'> {
  const longest = reads.reduce<ListRead | undefined>(
    (most, read) => (most === undefined || read.elements.length > most.elements.length ? read : most),
    undefined,
  );
  if (longest === undefined) return { telling: [], order: [] };
  let length = longest.elements.length;
  for (const { elements } of reads) {
    const differs = elements.findIndex((element, place) => element !== longest.elements[place]);
    if (differs !== -1) length = Math.min(length, differs);
  }
  const agrees = length === longest.elements.length;
  return { telling: agrees ? [longest] : reads, order: [...new Set(longest.elements.slice(0, length))] };
}
