import type { HistoryValue } from '../src/history/history.ts';
import type { Operation } from '../src/history/operations.ts';
import { canonicalText } from '../src/history/value-text.ts';

/** What an operation does to a value; undefined if it contradicts it. Written apart from the models it is held against. */
export type NaiveStep = (state: HistoryValue, operation: Operation) => HistoryValue | undefined;

const same = (a: HistoryValue, b: HistoryValue): boolean => canonicalText(a) === canonicalText(b);

export const naiveRegister: NaiveStep = (state, { f, input, output }) => {
  if (f === 'write') return input;
  if (f === 'read') return output === undefined || same(output, state) ? state : undefined;
  const [from, to] = input as readonly HistoryValue[];
  return same(from as HistoryValue, state) ? (to as HistoryValue) : undefined;
};

export const naiveLock: NaiveStep = (state, { f }) => {
  if (f === 'acquire') return state === null ? true : undefined;
  return state === true ? null : undefined;
};

/** One key of a store whose values are text. */
export const naiveText: NaiveStep = (state, { f, input, output }) => {
  const text = (state ?? '') as string;
  if (f === 'get') return output === undefined || (output ?? '') === text ? state : undefined;
  return f === 'put' ? input : text + (input as string);
};

export const naiveSet: NaiveStep = (state, { f, input, output }) => {
  const held = new Set(((state ?? []) as readonly HistoryValue[]).map(Number));
  const sorted = (): HistoryValue => [...held].sort();
  if (f === 'add') held.add(Number(input));
  if (f === 'remove') held.delete(Number(input));
  if (f !== 'read' || output === undefined) return sorted();
  return same([...((output ?? []) as readonly number[])].sort(), sorted()) ? sorted() : undefined;
};

/** Balances as they are known: until a read has shown them, only what was moved. */
export const naiveBank: NaiveStep = (state, { f, input, output }) => {
  const known = (state ?? { moved: {} }) as { readonly balances?: Balances; readonly moved?: Balances };
  if (f === 'transfer') {
    const { from, to, amount } = input as unknown as { from: string; to: string; amount: number };
    const name = known.balances === undefined ? 'moved' : 'balances';
    const after = { a: 0, b: 0, ...known[name] };
    after[from as 'a'] -= amount;
    after[to as 'a'] += amount;
    return { [name]: after };
  }
  if (output === undefined) return state;
  return known.balances === undefined || same(known.balances, output) ? { balances: output as Balances } : undefined;
};

type Balances = { readonly [account: string]: number };

export const naiveRegisters: NaiveStep = (state, { outcome, input, output }) => {
  const held = { ...(state as { readonly [key: string]: HistoryValue }) };
  for (const [f, key, value] of (outcome === 'ok' ? output : input) as readonly [string, string, HistoryValue][]) {
    if (f === 'write') held[key] = value;
    else if (outcome === 'ok' && !same(held[key] ?? null, value)) return undefined;
  }
  return held;
};

/** Tries every order of every choice of the indeterminate operations. */
export function naivelyLinearizable(operations: readonly Operation[], step: NaiveStep): boolean {
  const left = operations.filter(({ outcome }) => outcome !== 'fail');
  return extend(left, null, step);
}

function extend(left: readonly Operation[], state: HistoryValue, step: NaiveStep): boolean {
  if (left.every(({ outcome }) => outcome !== 'ok')) return true;
  const firstReturn = Math.min(...left.map(({ completedAt }) => completedAt));
  return left.some((operation) => {
    if (operation.invokedAt > firstReturn) return false;
    const seen = operation.outcome === 'ok' ? operation : { ...operation, output: undefined };
    const next = step(state, seen);
    return (
      next !== undefined &&
      extend(
        left.filter((other) => other !== operation),
        next,
        step,
      )
    );
  });
}
