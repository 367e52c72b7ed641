import { quote } from './wording.ts';

interface Placed {
  /** The key under which the value stands; `-` in a list; empty for the whole file. */
  readonly key: string;
  /** Offset of that key in the text, or of the value itself where there is no key. */
  readonly keyAt: number;
  /** Offset of the value in the text. */
  readonly at: number;
}

/**
 * One value of a scenario file and where it stands. This is all that the readers know of YAML: aliases are
 * resolved, keys are text and unique, and the nesting is bounded.
 */
export type Value = Placed &
  (
    | { readonly type: 'nothing' }
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'number'; readonly number: number; readonly source: string }
    | { readonly type: 'boolean'; readonly boolean: boolean }
    | { readonly type: 'list'; readonly items: readonly Value[] }
    | { readonly type: 'mapping'; readonly entries: ReadonlyMap<string, Value> }
  );

export type MappingValue = Extract<Value, { readonly type: 'mapping' }>;

/** The value in a few words, for the `found` of a message. */
export function describeValue(value: Value): string {
  switch (value.type) {
    case 'nothing':
      return 'nothing';
    case 'text':
      return value.text === '' ? 'an empty text' : `the text ${quote(value.text)}`;
    case 'number':
      return `the number ${quote(value.source)}`;
    case 'boolean':
      return `\`${value.boolean}\``;
    case 'list':
      return value.items.length === 0 ? 'an empty list' : `a list of ${value.items.length}`;
    case 'mapping':
      return value.entries.size === 0 ? 'an empty mapping' : 'a mapping';
  }
}

/** Where a message about the value points: at its key when there is nothing to point at. */
export function placeOf(value: Value): number {
  return value.type === 'nothing' ? value.keyAt : value.at;
}

/** The line that would set the value to `yaml`: `horizon: 20m`, or `- 20m` in a list. */
export function lineFor(value: Value, yaml: string): string {
  if (value.key === '') return yaml;
  return value.key === '-' ? `- ${yaml}` : `${value.key}: ${yaml}`;
}

/** The value as the plain JavaScript that a schema expects. */
export function plain(value: Value): unknown {
  switch (value.type) {
    case 'nothing':
      return null;
    case 'text':
      return value.text;
    case 'number':
      return value.number;
    case 'boolean':
      return value.boolean;
    case 'list':
      return value.items.map(plain);
    case 'mapping':
      // `fromEntries` defines properties, so that a key `__proto__` is a key like any other.
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
  }
}

/** Whether a file was taken for another kind of file: it has not the key that one of this kind begins with, but the other's. */
export function isOtherKind(value: Value, own: string, others: string): boolean {
  return value.type === 'mapping' && !value.entries.has(own) && value.entries.has(others);
}
