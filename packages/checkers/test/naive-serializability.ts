import type { HistoryValue } from '../src/history/history.ts';
import type { Operation } from '../src/history/operations.ts';
import { canonicalText } from '../src/history/value-text.ts';

export type State = ReadonlyMap<string, HistoryValue>;
type Form = readonly [f: string, key: HistoryValue, value: HistoryValue];

/** Whether the first, which committed, has to come before the second. */
export type NaiveOrder = (first: Operation, second: Operation) => boolean;

export const inNoOrder: NaiveOrder = () => false;
export const inProcessOrder: NaiveOrder = (a, b) => a.process === b.process && a.invokedAt < b.invokedAt;
export const inRealtimeOrder: NaiveOrder = (a, b) => a.completedAt < b.invokedAt;

/** Runs a transaction alone; undefined if it read something else than it says. */
export function naivelyRun(state: State, { outcome, input, output }: Operation): State | undefined {
  const after = new Map(state);
  for (const [f, key, value] of (outcome === 'ok' ? output : input) as unknown as readonly Form[]) {
    const name = canonicalText(key);
    const held = after.get(name) ?? null;
    if (f === 'w') after.set(name, value);
    else if (f === 'append') after.set(name, [...((held ?? []) as readonly HistoryValue[]), value]);
    else if (outcome === 'ok' && canonicalText(value) !== canonicalText(held)) return undefined;
  }
  return after;
}

/** Tries every order of the transactions that committed, with every choice of those in doubt. */
export function naivelySerializable(operations: readonly Operation[], comesFirst: NaiveOrder): boolean {
  const left = operations.filter(({ outcome }) => outcome !== 'fail');
  return extend(left, new Map(), comesFirst);
}

function extend(left: readonly Operation[], state: State, comesFirst: NaiveOrder): boolean {
  const sure = left.filter(({ outcome }) => outcome === 'ok');
  if (sure.length === 0) return true;
  return left.some((operation) => {
    if (sure.some((other) => comesFirst(other, operation))) return false;
    const next = naivelyRun(state, operation);
    if (next === undefined) return false;
    const others = left.filter((other) => other !== operation);
    return extend(others, next, comesFirst);
  });
}
