import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { canonicalText, isList, valueText } from '../value-text.ts';

/** A step of a transaction, with texts by which keys and values are compared. */
export interface Step {
  readonly kind: 'read' | 'write';
  readonly key: string;
  /** What was written or read; null where a read says nothing. */
  readonly value: HistoryValue;
  /** Of the value; empty for a read of a list, whose elements stand for it. */
  readonly text: string;
  /** What a read of a list returned, each as a text; none for all others. */
  readonly elements: readonly string[];
}

export interface Transaction {
  /** Place among the transactions, from 0. */
  readonly id: number;
  readonly operation: Operation;
  /** Of the completion if it committed, otherwise of the invocation: its reads then say nothing. */
  readonly steps: readonly Step[];
}

/** The name of a write in a history of this kind. */
export type WriteName = 'append' | 'w';

/**
 * Reads the steps of all transactions. Throws {@link BadHistory} for a value that is no list of `[f key value]`, and
 * for an `f` other than `r` and `write`.
 */
export function transactionsOf(operations: readonly Operation[], write: WriteName): readonly Transaction[] {
  const texts = new Texts();
  return operations.map((operation) => {
    const returned = operation.outcome === 'ok' ? (operation.output ?? undefined) : undefined;
    const value = returned ?? operation.input;
    if (!isList(value))
      throw notATransaction(operation, `:f :${operation.f} with the value ${valueText(value)}`, write);
    const steps = value.map((form) => step(form, operation, write, texts));
    // A completion without a value does not say what was read; what was written is known all the same.
    const isSilent = operation.outcome === 'ok' && returned === undefined;
    return { id: operation.id, operation, steps: isSilent ? steps.filter(({ kind }) => kind === 'write') : steps };
  });
}

function step(form: HistoryValue, operation: Operation, write: WriteName, texts: Texts): Step {
  if (!isList(form) || form.length < 2 || form.length > 3)
    throw notATransaction(operation, `the step ${valueText(form)}`, write);
  const [f, key, value = null] = form;
  const name = String(f).replace(/^:/, '');
  if (name !== 'r' && name !== write) throw notATransaction(operation, `a step ${valueText(f as HistoryValue)}`, write);
  const readsList = write === 'append' && name === 'r';
  return {
    kind: name === 'r' ? 'read' : 'write',
    key: texts.of(key as HistoryValue),
    value,
    text: readsList ? '' : texts.of(value),
    elements: readsList ? elementsOf(value, texts) : NO_ELEMENTS,
  };
}

const NO_ELEMENTS: readonly string[] = [];

/** A list that was never appended to reads as empty or as nil. */
function elementsOf(value: HistoryValue, texts: Texts): readonly string[] {
  if (value === null) return NO_ELEMENTS;
  return isList(value) ? value.map((element) => texts.of(element)) : [texts.of(value)];
}

/** Texts of values, each kept once: long lists repeat the same few elements. */
class Texts {
  readonly #known = new Map<HistoryValue, string>();

  of(value: HistoryValue): string {
    if (typeof value === 'object') return canonicalText(value);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const text = canonicalText(value);
    this.#known.set(value, text);
    return text;
  }
}

function notATransaction({ line }: Operation, found: string, write: WriteName): BadHistory {
  return new BadHistory({
    line,
    found,
    expected: `a transaction: a list of [:r key value] and [:${write} key value]`,
    example: `{:process 0, :type :invoke, :f :txn, :value [[:r x nil] [:${write} y 1]]}`,
  });
}

/** A key as people write it. */
export const keyText = (key: string): string => valueText(JSON.parse(key) as HistoryValue);

/** The steps of a transaction in words: `append 1 to x, read y as [2]`. */
export function stepsText({ steps, operation }: Transaction, write: WriteName): string {
  if (steps.length === 0) return 'nothing';
  const texts = steps.map(({ kind, key, value }) => {
    if (kind === 'read') {
      const known = operation.outcome === 'ok' ? ` as ${valueText(value)}` : '';
      return `read ${keyText(key)}${known}`;
    }
    return write === 'append'
      ? `append ${valueText(value)} to ${keyText(key)}`
      : `set ${keyText(key)} to ${valueText(value)}`;
  });
  return texts.join(', ');
}
