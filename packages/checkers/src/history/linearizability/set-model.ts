import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { canonicalText, isList, valueText } from '../value-text.ts';
import { argumentOf, returned } from './operation-values.ts';
import type { Action, CompiledModel, SequentialModel } from './sequential-model.ts';

const BITS = 16;
const SHOWN = 10;

/** A set that is empty at first, with `add`, `remove` and `read` of all elements at once. */
export const set: SequentialModel<string> = {
  object: 'the set',
  functions: ['add', 'remove', 'read'],
  example: '{:process 0, :type :invoke, :f :add, :value 3}',
  keys: 'detected',
  compile,
};

/** Elements by number; a state is text whose characters hold one bit for each element. */
class Elements {
  readonly #numbers = new Map<string, number>();
  readonly #values: HistoryValue[] = [];

  number(element: HistoryValue): number {
    const text = canonicalText(element);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#values.length);
    return this.#values.push(element) - 1;
  }

  state(elements: readonly HistoryValue[]): string {
    const words = new Uint16Array(Math.ceil(this.#values.length / BITS));
    for (const element of elements) {
      const number = this.number(element);
      words[number >> 4] = (words[number >> 4] as number) | (1 << (number & 15));
    }
    return textOf(words);
  }

  text(state: string): string {
    const held = this.#values.filter((_, number) => has(state, number));
    const more = held.length > SHOWN ? ` and ${held.length - SHOWN} more` : '';
    return held.length === 0 ? 'empty' : `{${held.slice(0, SHOWN).map(valueText).join(' ')}${more}}`;
  }
}

const has = (state: string, number: number): boolean => ((state.charCodeAt(number >> 4) >> (number & 15)) & 1) === 1;

function changed(state: string, number: number, present: boolean): string {
  if (has(state, number) === present) return state;
  const word = number >> 4;
  return (
    state.slice(0, word) + String.fromCharCode(state.charCodeAt(word) ^ (1 << (number & 15))) + state.slice(word + 1)
  );
}

function textOf(words: Uint16Array): string {
  let text = '';
  for (const word of words) text += String.fromCharCode(word);
  return text;
}

function compile(operations: readonly Operation[], apart: boolean): CompiledModel<string> {
  const elements = new Elements();
  const observed = new Set<number>();
  for (const operation of operations) {
    if (operation.f !== 'read') elements.number(argumentOf(operation));
    else for (const element of elementsRead(operation) ?? []) observed.add(elements.number(element));
  }
  const removes = operations.some(({ f }) => f === 'remove');
  return {
    initial: elements.state([]),
    once: () => !apart && !removes,
    identity: (state) => state,
    stateText: (state) => elements.text(state),
    action: (operation) => actionOf(operation, elements),
    canBeObserved: (operation) =>
      operation.f !== 'read' && (removes || observed.has(elements.number(argumentOf(operation)))),
  };
}

function elementsRead(operation: Operation): readonly HistoryValue[] | undefined {
  const value = returned(operation);
  if (value === undefined || isList(value)) return value;
  if (value === null) return [];
  throw new BadHistory({
    line: operation.line,
    found: `a read of a set that returned ${valueText(value)}`,
    expected: 'its elements',
    example: '{:process 0, :type :ok, :f :read, :value #{1 2}}',
  });
}

function actionOf(operation: Operation, elements: Elements): Action<string> {
  if (operation.f === 'read') return read(operation, elements);
  const element = argumentOf(operation);
  const number = elements.number(element);
  const present = operation.f === 'add';
  return {
    text: `${operation.f} ${valueText(element)}`,
    kind: `${operation.f} ${number}`,
    pure: false,
    step: (state) => changed(state, number, present),
  };
}

function read(operation: Operation, elements: Elements): Action<string> {
  const held = elementsRead(operation);
  if (held === undefined) return { text: 'read', kind: 'read', pure: true, step: (state) => state };
  const seen = elements.state(held);
  return {
    text: `read, which returned ${elements.text(seen)}`,
    kind: `read ${seen}`,
    pure: true,
    needs: seen,
    step: (state) => (state === seen ? state : undefined),
  };
}
