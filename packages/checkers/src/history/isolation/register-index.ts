import type { Step, Transaction } from './transaction.ts';

/** The version that every key has at first. */
export const INITIAL = 'null';

/** What a transaction did to one key, as others can see it. */
export interface Touch {
  readonly transaction: Transaction;
  /** The version that it found, if it read before it wrote. */
  readonly read: Step | undefined;
  /** The version that it left. */
  readonly write: Step | undefined;
}

export interface RegisterKey {
  readonly key: string;
  /** By the transactions that committed or took effect, in the order of their invocations. */
  readonly touches: readonly Touch[];
  /** The transaction that left each version. */
  readonly writers: ReadonlyMap<string, Transaction>;
  readonly readers: ReadonlyMap<string, readonly Transaction[]>;
  /** Values that a transaction wrote and then overwrote itself. */
  readonly intermediate: ReadonlyMap<string, Transaction>;
  readonly failed: ReadonlyMap<string, Transaction>;
  /** Values that were written more than once: whose they are cannot be told. */
  readonly ambiguous: ReadonlySet<string>;
}

interface Building {
  readonly touches: Touch[];
  readonly writers: Map<string, Transaction>;
  readonly readers: Map<string, Transaction[]>;
  readonly intermediate: Map<string, Transaction>;
  readonly failed: Map<string, Transaction>;
  readonly ambiguous: Set<string>;
  readonly written: Set<string>;
}

/** Gathers all keys of a history of registers. */
export function registerKeys(transactions: readonly Transaction[]): readonly RegisterKey[] {
  const keys = new Map<string, Building>();
  const at = (key: string): Building => {
    const known = keys.get(key) ?? newKey();
    keys.set(key, known);
    return known;
  };
  const read = new Set<string>();
  for (const { steps, operation } of transactions)
    for (const { kind, key, text } of steps)
      if (kind === 'read' && operation.outcome === 'ok') read.add(`${key} ${text}`);
  for (const transaction of transactions) {
    noteValues(transaction, at);
    const { outcome } = transaction.operation;
    const wasSeen = transaction.steps.some(({ kind, key, text }) => kind === 'write' && read.has(`${key} ${text}`));
    if (outcome === 'ok' || (outcome === 'indeterminate' && wasSeen)) noteTouches(transaction, at);
  }
  return [...keys].map(([key, building]) => ({ key, ...building }));
}

const newKey = (): Building => ({
  touches: [],
  writers: new Map(),
  readers: new Map(),
  intermediate: new Map(),
  failed: new Map(),
  ambiguous: new Set(),
  written: new Set(),
});

/** Notes who wrote what, of all transactions: who failed, and what was overwritten at once. */
function noteValues(transaction: Transaction, at: (key: string) => Building): void {
  const last = new Map<string, Step>();
  for (const step of transaction.steps) {
    if (step.kind !== 'write') continue;
    const building = at(step.key);
    if (building.written.has(step.text) || step.text === INITIAL) building.ambiguous.add(step.text);
    building.written.add(step.text);
    const before = last.get(step.key);
    if (before !== undefined) building.intermediate.set(before.text, transaction);
    last.set(step.key, step);
    if (transaction.operation.outcome === 'fail') building.failed.set(step.text, transaction);
  }
}

function noteTouches(transaction: Transaction, at: (key: string) => Building): void {
  const isKnown = transaction.operation.outcome === 'ok';
  const touched = new Map<string, { read?: Step; write?: Step }>();
  for (const step of transaction.steps) {
    const touch = touched.get(step.key) ?? {};
    touched.set(step.key, touch);
    if (step.kind === 'write') touch.write = step;
    else if (isKnown && touch.write === undefined) touch.read ??= step;
  }
  for (const [key, { read, write }] of touched) {
    const building = at(key);
    building.touches.push({ transaction, read, write });
    if (write !== undefined) building.writers.set(write.text, transaction);
    if (read === undefined) continue;
    const readers = building.readers.get(read.text);
    if (readers === undefined) building.readers.set(read.text, [transaction]);
    else readers.push(transaction);
  }
}
