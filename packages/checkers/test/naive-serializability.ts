import type { HistoryValue } from '../src/history/history.ts';
import type { Operation } from '../src/history/operations.ts';
import { canonicalText } from '../src/history/value-text.ts';

type State = ReadonlyMap<string, HistoryValue>;
type Form = readonly [f: string, key: HistoryValue, value: HistoryValue];

/** Runs a transaction alone; undefined if it read something else than it says. */
function run(state: State, { outcome, input, output }: Operation): State | undefined {
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

/**
 * Tries every order of the transactions that committed, with every choice of those in doubt; in `realtime`, none may
 * come before one that had ended when it began.
 */
export function naivelySerializable(operations: readonly Operation[], realtime: boolean): boolean {
  const left = operations.filter(({ outcome }) => outcome !== 'fail');
  return extend(left, new Map(), realtime);
}

function extend(left: readonly Operation[], state: State, realtime: boolean): boolean {
  if (left.every(({ outcome }) => outcome !== 'ok')) return true;
  const firstEnd = Math.min(...left.map(({ completedAt }) => completedAt));
  return left.some((operation) => {
    if (realtime && operation.invokedAt > firstEnd) return false;
    const next = run(state, operation);
    if (next === undefined) return false;
    const others = left.filter((other) => other !== operation);
    return extend(others, next, realtime);
  });
}
