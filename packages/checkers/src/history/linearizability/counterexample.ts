import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { valueText } from '../value-text.ts';
import type { Call } from './calls.ts';
import type { Furthest } from './search-result.ts';

/** Why no order fits, or how far an undecided search came. All texts are for people. */
export interface LinearizabilityCounterexample {
  readonly key: string | undefined;
  /** How many operations were placed at most, and out of how many. */
  readonly placed: number;
  readonly outOf: number;
  /** The last of them, in the order in which they took effect. */
  readonly lastPlaced: readonly string[];
  /** The operation that fits nowhere before it returned. */
  readonly blocking: string | undefined;
  /** What the object could hold by then. */
  readonly states: readonly string[];
  /** The other operations that were open during that one. */
  readonly concurrent: readonly string[];
}

const LAST_SHOWN = 5;
const STATES_SHOWN = 10;
const CONCURRENT_SHOWN = 10;

export function explainFurthest<State>(
  { order, blocking, states }: Furthest,
  calls: readonly Call<State>[],
  key: HistoryValue | undefined,
  everything: readonly Call<State>[],
): LinearizabilityCounterexample {
  const stuck = calls[blocking];
  const text = (call: number): string => callText(calls[call] as Call<State>);
  const placed = new Set(order.map((call) => calls[call]?.operation.id));
  const around = stuck === undefined ? [] : concurrentWith(stuck.operation, everything);
  return {
    key: key === undefined ? undefined : valueText(key),
    placed: order.length,
    outOf: calls.length,
    lastPlaced: order.slice(-LAST_SHOWN).map(text),
    blocking: stuck === undefined ? undefined : text(blocking),
    states: shortened(states, STATES_SHOWN),
    concurrent: shortened(
      around.map((call) => `${callText(call)}${placed.has(call.operation.id) ? ', which took effect before' : ''}`),
      CONCURRENT_SHOWN,
    ),
  };
}

/** What was open at the same time and did not fail. */
function concurrentWith<State>(stuck: Operation, everything: readonly Call<State>[]): readonly Call<State>[] {
  return everything.filter(
    ({ operation }) =>
      operation.id !== stuck.id &&
      operation.outcome !== 'fail' &&
      operation.invokedAt < stuck.completedAt &&
      operation.completedAt > stuck.invokedAt,
  );
}

function callText<State>({ operation, action }: Call<State>): string {
  return `process ${operation.process}: ${action.text} (${placeText(operation)})`;
}

function shortened(texts: readonly string[], most: number): readonly string[] {
  return texts.length <= most ? texts : [...texts.slice(0, most), `and ${texts.length - most} more`];
}
