import { nameRefusal } from './names.ts';
import { nearest } from './nearest.ts';
import { type Reader, Refusal, refuse } from './reader.ts';
import type { Complaint, Report } from './report.ts';
import { lineFor, type MappingValue, placeOf, type Value } from './value.ts';
import { enumerate, oneOf, printable, quote } from './wording.ts';

/** What a mapping is called in messages, and what one looks like. */
interface Shape {
  readonly expects: string;
  readonly example: string;
}

/** A mapping of the file whose keys are taken one after the other. */
export interface OpenMapping {
  readonly value: MappingValue;
  /** Undefined when the key is missing or its value wrong; both are reported. */
  required<T>(key: string, reader: Reader<T>): T | undefined;
  /** `fallback` when the key is missing, undefined when its value is wrong. */
  optional<T>(key: string, reader: Reader<T>, fallback: T): T | undefined;
}

/** Opens a mapping and reports its unknown keys; undefined when the value is no mapping. */
export function openMapping(
  value: Value,
  report: Report,
  shape: Shape,
  known: readonly string[],
): OpenMapping | undefined {
  if (value.type !== 'mapping') return refuse(value, report, shape);
  reportUnknownKeys(value, report, known);
  return {
    value,
    required(key, reader) {
      const entry = value.entries.get(key);
      if (entry !== undefined) return reader.read(entry, report);
      report.add(value.at, () => missing(key, reader));
      return undefined;
    },
    optional(key, reader, fallback) {
      const entry = value.entries.get(key);
      return entry === undefined ? fallback : reader.read(entry, report);
    },
  };
}

function reportUnknownKeys(value: MappingValue, report: Report, known: readonly string[]): void {
  const keys = new Set(known);
  for (const [key, entry] of value.entries) {
    if (!keys.has(key)) report.add(entry.keyAt, () => unknownKey(key, entry, known));
  }
}

/** The complaint about a key that a mapping does not have. */
export function unknownKey(key: string, entry: Value, known: readonly string[]): Complaint {
  const near = nearest(key, known);
  return {
    found: `the unknown key ${quote(key)}`,
    expected: known.length === 0 ? 'no keys here' : oneOf(known, key),
    write: known.length === 0 ? '{}' : near === undefined ? `# no ${printable(key)}` : `${near}: ${shortSource(entry)}`,
  };
}

/** The value as it may be repeated in an example, or an ellipsis. */
function shortSource(value: Value): string {
  if (value.type === 'number') return value.source;
  if (value.type === 'boolean') return String(value.boolean);
  return value.type === 'text' && /^[\w./:-]{1,40}$/.test(value.text) ? value.text : '…';
}

function missing(key: string, reader: Reader<unknown>): Complaint {
  return {
    found: `no key \`${key}\` in this mapping`,
    expected: `\`${key}\`: ${reader.expects}`,
    write: `${key}: ${reader.example}`,
  };
}

/** One key of a mapping: with a fallback it may be left out. */
export interface Field<T> {
  readonly reader: Reader<T>;
  readonly fallback?: T;
}

export const required = <T>(reader: Reader<T>): Field<T> => ({ reader });
export const optional = <T, const F>(reader: Reader<T>, fallback: F): Field<T | F> => ({ reader, fallback });

/** What a table of fields makes of a mapping. */
export type Fields<F extends Readonly<Record<string, Field<unknown>>>> = {
  readonly [Key in keyof F]: F[Key] extends Field<infer T> ? T : never;
};

/** A mapping with a fixed set of keys, given as a table. */
export function mapping<F extends Readonly<Record<string, Field<unknown>>>>(
  expects: string,
  fields: F,
  example = exampleOf(fields),
): Reader<Fields<F>> {
  const shape = { expects, example };
  return {
    ...shape,
    read(value, report) {
      const keys = openMapping(value, report, shape, Object.keys(fields));
      if (keys === undefined) return undefined;
      const parts = Object.entries(fields).map(([key, field]) => [
        key,
        'fallback' in field ? keys.optional(key, field.reader, field.fallback) : keys.required(key, field.reader),
      ]);
      return parts.some(([, part]) => part === undefined) ? undefined : Object.fromEntries(parts);
    },
  };
}

/** The entries that were written, where null is the fallback of every field. */
export function presentOnly<T>(parts: Readonly<Record<string, T | null>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, T] => entry[1] !== null));
}

function exampleOf(fields: Readonly<Record<string, Field<unknown>>>): string {
  const all = Object.entries(fields);
  const needed = all.filter(([, field]) => !('fallback' in field));
  const shown = needed.length > 0 ? needed : all.slice(0, 1);
  return `{ ${shown.map(([key, field]) => `${key}: ${field.reader.example}`).join(', ')} }`;
}

/** A mapping with exactly one key, which says how to read its value: `{ poisson: 200/s }`. */
export function variant<T>(expects: string, cases: Readonly<Record<string, Reader<T>>>): Reader<T> {
  const kinds = Object.keys(cases);
  const exampleOfKind = (kind: string) => `{ ${kind}: ${cases[kind]?.example} }`;
  const shape = { expects: `${expects}: ${enumerate(kinds)}`, example: exampleOfKind(kinds[0] ?? '') };
  return {
    ...shape,
    read(value, report) {
      if (value.type !== 'mapping') return refuse(value, report, shape);
      const before = report.count;
      reportUnknownKeys(value, report, kinds);
      if (report.count > before) return undefined;
      const [[kind, entry] = ['', value]] = value.entries;
      if (value.entries.size === 1) return (cases[kind] as Reader<T>).read(entry, report);
      const expected = `exactly one of ${enumerate(kinds)}`;
      if (kind === '') return refuse(value, report, shape, new Refusal(() => ({ expected })));
      const found = `the keys ${enumerate(value.entries.keys())}`;
      return refuse(value, report, shape, new Refusal(() => ({ found, expected, example: exampleOfKind(kind) })));
    },
  };
}

interface ListBounds {
  readonly min?: number;
  readonly max?: number;
  readonly example?: string;
}

/** A list; undefined when any item is wrong. */
export function list<T>(
  item: Reader<T>,
  { min = 0, max = 100_000, example = `[${item.example}]` }: ListBounds = {},
): Reader<readonly T[]> {
  const shape = { expects: `a list, each item ${item.expects}`, example };
  return {
    ...shape,
    read(value, report) {
      if (value.type !== 'list') return refuse(value, report, shape);
      if (value.items.length < min || value.items.length > max) {
        const bound = value.items.length < min ? `at least ${min}` : `at most ${max}`;
        return refuse(value, report, shape, new Refusal(() => ({ expected: `${bound} in the list` })));
      }
      const items = value.items.map((each) => item.read(each, report));
      return items.some((each) => each === undefined) ? undefined : (items as T[]);
    },
  };
}

/**
 * A mapping from names to things of one sort. Every name is in the result, with null where the thing itself is
 * wrong: that is reported once, and not again wherever the name is used.
 */
export function readNamed<T>(
  value: Value,
  report: Report,
  shape: Shape,
  readEntry: (name: string, entry: Value) => T | undefined,
): ReadonlyMap<string, T | null> | undefined {
  if (value.type !== 'mapping') return refuse(value, report, shape);
  const things = new Map<string, T | null>();
  for (const [name, entry] of value.entries) {
    const expected = nameRefusal(name);
    if (expected !== undefined) {
      report.add(entry.keyAt, () => ({ found: `the name ${quote(name)}`, expected, write: shape.example }));
    }
    things.set(name, readEntry(name, entry) ?? null);
  }
  return things;
}

/** Reports something about a value that only shows beside other values. */
export function contradict(value: Value, report: Report, found: string, expected: string, example: string): undefined {
  report.add(placeOf(value), () => ({ found, expected, write: lineFor(value, example) }));
}
