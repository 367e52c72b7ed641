import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { canonicalText, isList, valueText } from '../value-text.ts';
import { argumentOf, fromAndTo, returned } from './operation-values.ts';
import type { Action, CompiledModel, SequentialModel } from './sequential-model.ts';
import { uniquePiecesRead } from './unique-pieces.ts';

/**
 * The state of a key from which nothing that was ever read can follow by appending. All such states are one: a read
 * contradicts each of them, an append keeps it so, and a put ends it.
 */
const HOPELESS = '\u0000';

const READS: ReadonlySet<string> = new Set(['get', 'read', 'r']);
const PUTS: ReadonlySet<string> = new Set(['put', 'write', 'w']);

/**
 * A store of keys, each empty at first. A value is text or a list, and `append` adds to its end. A key that was never
 * written reads as nil, as empty text or as an empty list.
 */
export const keyValue: SequentialModel<string> = {
  object: 'the key',
  functions: ['get', 'read', 'r', 'put', 'write', 'w', 'append', 'cas'],
  example: '{:process 0, :type :invoke, :f :append, :key "x", :value "1"}',
  keys: 'always',
  compile,
};

function compile(operations: readonly Operation[], apart: boolean): CompiledModel<string> {
  const hasLists = operations.some((operation) => isList(valueSeen(operation)));
  const encode = hasLists ? listText : plainText;
  const observed = observedTexts(operations, encode);
  const pieces = apart ? undefined : uniquePieces(operations, encode, hasLists, observed);
  const mayBecomeObserved = prefixTest(observed);
  const stateOf = (text: string): string => (apart || mayBecomeObserved(text) ? text : HOPELESS);
  const stateText = (state: string): string => {
    if (state === HOPELESS) return 'a value that nobody observed';
    if (state === '') return 'nothing';
    return hasLists ? valueText(JSON.parse(`[${state.slice(0, -1)}]`)) : valueText(state);
  };
  return {
    initial: stateOf(''),
    bottom: HOPELESS,
    once: (state) => pieces !== undefined && state !== HOPELESS,
    identity: (state) => state,
    stateText,
    action: (operation) => actionOf(operation, { encode, hasLists, stateOf, pieces }),
    canBeObserved: (operation) => {
      if (READS.has(operation.f)) return false;
      if (operation.f !== 'append') return mayBecomeObserved(encode(written(operation)));
      const appended = elementText(argumentOf(operation), hasLists);
      return pieces?.has(appended) ?? observed.some((text) => text.includes(appended));
    },
  };
}

const valueSeen = (operation: Operation): HistoryValue | undefined =>
  READS.has(operation.f) ? returned(operation) : PUTS.has(operation.f) ? argumentOf(operation) : undefined;

const written = (operation: Operation): HistoryValue =>
  operation.f === 'cas' ? fromAndTo(operation)[1] : argumentOf(operation);

const plainText = (value: HistoryValue): string =>
  value === null ? '' : typeof value === 'string' ? value : canonicalText(value);

/** Every element ends with a comma, so that one list is the beginning of another if its text is. */
const listText = (value: HistoryValue): string =>
  isList(value) ? value.map((element) => `${canonicalText(element)},`).join('') : plainText(value);

const elementText = (value: HistoryValue, isElement: boolean): string =>
  isElement ? `${canonicalText(value)},` : plainText(value);

function observedTexts(operations: readonly Operation[], encode: (value: HistoryValue) => string): readonly string[] {
  const observed = new Set<string>();
  for (const operation of operations) {
    const value = READS.has(operation.f) ? returned(operation) : undefined;
    if (value !== undefined) observed.add(encode(value));
    if (operation.f === 'cas' && operation.outcome !== 'fail') observed.add(encode(fromAndTo(operation)[0]));
  }
  return [...observed].sort();
}

/** Whether a text is the beginning of one of those that were observed. */
function prefixTest(observed: readonly string[]): (text: string) => boolean {
  return (text) => {
    let [low, high] = [0, observed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((observed[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return observed[low]?.startsWith(text) ?? false;
  };
}

function uniquePieces(
  operations: readonly Operation[],
  encode: (value: HistoryValue) => string,
  hasLists: boolean,
  observed: readonly string[],
): ReadonlySet<string> | undefined {
  const pieces: string[] = [];
  for (const operation of operations) {
    if (operation.f === 'cas') return undefined;
    if (operation.f === 'append') pieces.push(elementText(argumentOf(operation), hasLists));
    else if (!READS.has(operation.f)) pieces.push(encode(argumentOf(operation)));
  }
  return uniquePiecesRead(pieces, observed);
}

interface Encoding {
  readonly encode: (value: HistoryValue) => string;
  readonly hasLists: boolean;
  readonly stateOf: (text: string) => string;
  /** The texts that were written and later read, if each was written once and none can be taken for others. */
  readonly pieces: ReadonlySet<string> | undefined;
}

function actionOf(operation: Operation, encoding: Encoding): Action<string> {
  const { f } = operation;
  if (READS.has(f)) return read(operation, encoding.encode);
  if (f === 'append') return append(operation, encoding);
  if (f === 'cas') return compareAndSet(operation, encoding);
  const after = encoding.stateOf(encoding.encode(written(operation)));
  const text = `put ${valueText(argumentOf(operation))}`;
  const spoils = after === HOPELESS;
  return { text, kind: `put ${after}`, pure: false, overwrites: true, spoils, step: () => after };
}

function append(operation: Operation, { hasLists, stateOf, pieces }: Encoding): Action<string> {
  const added = elementText(argumentOf(operation), hasLists);
  const isRead = pieces?.has(added) === true;
  return {
    text: `append ${valueText(argumentOf(operation))}`,
    kind: `append ${added}`,
    pure: false,
    spoils: pieces !== undefined && !isRead && added !== '',
    step: (state) => {
      const after = state === HOPELESS ? HOPELESS : stateOf(state + added);
      // Somebody read it, and it is appended only once: here it would never be read.
      return isRead && after === HOPELESS ? undefined : after;
    },
  };
}

function compareAndSet(operation: Operation, { encode, stateOf }: Encoding): Action<string> {
  const from = encode(fromAndTo(operation)[0]);
  const after = stateOf(encode(written(operation)));
  return {
    text: `cas from ${valueText(fromAndTo(operation)[0])} to ${valueText(written(operation))}`,
    kind: `cas ${from.length} ${from} ${after}`,
    pure: false,
    step: (state) => (state === from ? after : undefined),
  };
}

function read(operation: Operation, encode: (value: HistoryValue) => string): Action<string> {
  const value = returned(operation);
  if (value === undefined) return { text: 'read', kind: 'read', pure: true, step: (state) => state };
  const seen = encode(value);
  return {
    text: `read, which returned ${valueText(value)}`,
    kind: `read ${seen}`,
    pure: true,
    needs: seen,
    step: (state) => (state === seen ? state : undefined),
  };
}
