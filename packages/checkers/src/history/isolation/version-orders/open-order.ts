import type { HistoryValue } from '../../history.ts';
import { valueText } from '../../value-text.ts';
import type { Dependency } from '../dependency.ts';
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

/** What depends on what if a pair comes in this order; `why` ends each reason. */
export function* dependenciesIfOrdered(
  { key, first: before, second: after }: OpenPair,
  why: string,
): Generator<Dependency> {
  const [first, second] = [shown(before.value), shown(after.value)];
  const name = keyText(key);
  yield {
    from: before.writer,
    to: after.writer,
    relation: 'ww',
    basis: 'observed',
    key,
    because: (from, to) => `${from} wrote ${first} to ${name} before ${to} wrote ${second}${why}`,
  };
  for (const reader of before.readers)
    yield {
      from: reader,
      to: after.writer,
      relation: 'rw',
      basis: 'observed',
      key,
      because: (from, to) => `${from} read ${first} in ${name}, and ${to} wrote ${second} after that${why}`,
    };
}
