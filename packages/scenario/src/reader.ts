import { nearest } from './nearest.ts';
import { Report } from './report.ts';
import { describeValue, lineFor, placeOf, type Value } from './value.ts';
import { enumerate, oneOf, quote } from './wording.ts';

/**
 * Turns one value of the file into data of the scenario. Readers are put together from smaller ones, and each
 * reports what is wrong at the place where it stands.
 */
export interface Reader<T> {
  /** What would be right, as a noun: `a duration with its unit`. */
  readonly expects: string;
  /** A value that would be right, as YAML. */
  readonly example: string;
  /** The data, or undefined when something was reported. No reader yields undefined as data. */
  read(value: Value, report: Report): T | undefined;
}

/** A reader of a single word; it says what is wrong instead of reporting it, so that others can build on it. */
export interface WordReader<T> extends Reader<T> {
  accept(value: Value): T | Refusal;
}

/** What a reader says of a value that it does not take; what it leaves out is taken from the reader. */
export interface Reason {
  readonly found?: string;
  readonly expected?: string;
  readonly example?: string;
}

/** A value is not taken. The reason is only worked out when it is shown. */
export class Refusal {
  readonly explain: () => Reason;

  constructor(explain: () => Reason = () => ({})) {
    this.explain = explain;
  }
}

/** Reports that `value` is not what `reader` expects. */
export function refuse(
  value: Value,
  report: Report,
  reader: Pick<Reader<unknown>, 'expects' | 'example'>,
  refusal: Refusal = new Refusal(),
): undefined {
  report.add(placeOf(value), () => {
    const { found = describeValue(value), expected = reader.expects, example } = refusal.explain();
    return { found, expected, write: lineFor(value, example ?? reader.example) };
  });
}

/** A reader of a single word. */
export function word<T>(expects: string, example: string, accept: (value: Value) => T | Refusal): WordReader<T> {
  const reader: WordReader<T> = {
    expects,
    example,
    accept,
    read(value, report) {
      const result = accept(value);
      return result instanceof Refusal ? refuse(value, report, reader, result) : result;
    },
  };
  return reader;
}

/** One of a few words, each with its meaning. */
export function choice<T>(words: Readonly<Record<string, T>> | ReadonlyMap<string, T>): WordReader<T> {
  const meanings = words instanceof Map ? words : new Map<string, T>(Object.entries(words));
  const names = [...meanings.keys()];
  return word(`one of ${enumerate(names)}`, names[0] ?? '…', (value) => {
    if (value.type !== 'text') return new Refusal();
    const meaning = meanings.get(value.text);
    return meaning === undefined ? new Refusal(() => notAmong(names, value.text)) : meaning;
  });
}

/** Why a text is not one of the names, and which of them it may have been meant to be. */
export function notAmong(names: readonly string[], text: string): Required<Reason> {
  return { found: quote(text), expected: oneOf(names, text), example: nearest(text, names) ?? names[0] ?? '…' };
}

/** A word that stands for itself. */
export function oneWordOf<const Word extends string>(words: readonly Word[]): WordReader<Word> {
  return choice(new Map(words.map((each) => [each, each])));
}

/** Either a special word such as `none`, or what another reader reads. */
export function orWord<T, W>(words: Readonly<Record<string, W>>, other: Reader<T>): Reader<T | W> {
  const meanings = new Map(Object.entries(words));
  const orThese = `, or ${[...meanings.keys()].join(' or ')}`;
  return {
    expects: other.expects + orThese,
    example: other.example,
    read(value, report) {
      if (value.type === 'mapping' || value.type === 'list') return other.read(value, report);
      if (value.type === 'text' && meanings.has(value.text)) return meanings.get(value.text) as W;
      const trial = new Report();
      const result = other.read(value, trial);
      // What the other reader says of a single word is right, but leaves out the words that it does not know.
      if (result === undefined) trial.forward(report, (each) => ({ ...each, expected: each.expected + orThese }));
      return result;
    },
  };
}

/** A reader that makes something of what another one read; it may still report and refuse it. */
export function derive<Parts, T>(
  inner: Reader<Parts>,
  make: (parts: Parts, value: Value, report: Report) => T | undefined,
): Reader<T> {
  return {
    expects: inner.expects,
    example: inner.example,
    read(value, report) {
      const parts = inner.read(value, report);
      return parts === undefined ? undefined : make(parts, value, report);
    },
  };
}
