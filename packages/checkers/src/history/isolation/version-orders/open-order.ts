import type { HistoryValue } from '../../history.ts';
import { valueText } from '../../value-text.ts';
import type { DependencyGraph, Reason } from '../dependency.ts';
import { keyText } from '../transaction.ts';

/** A version that somebody left, and whose place among others is not known, or only in part. */
export interface OpenVersion {
  /** What was written, as a text. */
  readonly value: string;
  /** The transaction that wrote it, by number. */
  readonly writer: number;
  readonly readers: readonly number[];
}

/** Versions of one key. They came in some order, and any is possible that agrees with all dependencies. */
export interface OpenOrder {
  readonly key: string;
  readonly versions: readonly OpenVersion[];
}

export const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

/** Two versions of one key, the first of which comes first. */
export interface OpenPair {
  readonly key: string;
  readonly first: OpenVersion;
  readonly second: OpenVersion;
}

/** Adds what depends on what if a pair comes in this order; `why` ends each reason. Returns what they share. */
export function addIfOrdered(graph: DependencyGraph, { key, first, second }: OpenPair, why: string): Reason {
  const [before, after] = [shown(first.value), shown(second.value)];
  const name = keyText(key);
  const reason: Reason = {
    key,
    because: ({ relation }, from, to) =>
      relation === 'ww'
        ? `${from} wrote ${before} to ${name} before ${to} wrote ${after}${why}`
        : `${from} read ${before} in ${name}, and ${to} wrote ${after} after that${why}`,
  };
  graph.add(first.writer, second.writer, 'ww', 'observed', reason);
  for (const reader of first.readers) graph.add(reader, second.writer, 'rw', 'observed', reason);
  return reason;
}
