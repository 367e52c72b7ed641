import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { allCalls, callsToPlace, withStatesApart } from './calls.ts';
import { explainFurthest, type LinearizabilityCounterexample } from './counterexample.ts';
import type { Decision } from './decide.ts';
import { decide } from './decide.ts';
import { LinearizationSearch } from './search.ts';
import type { SearchBudget, SearchResult } from './search-result.ts';
import type { SequentialModel } from './sequential-model.ts';

/** What the states that were possible may cost to find; without them the explanation names one. */
const STEPS_TO_EXPLAIN = 200_000;

/**
 * Explains a history that is not linearizable by its shortest beginning that is not either: the operation whose
 * return completes that beginning is the one that fits nowhere. Beginnings of linearizable histories are
 * linearizable, so the shortest is found by doubling and halving from where the search came (`reached`).
 */
export function shortestCounterexample<State>(
  model: SequentialModel<State>,
  operations: readonly Operation[],
  key: HistoryValue | undefined,
  budget: SearchBudget,
  { reached, atMost }: Decision,
): LinearizabilityCounterexample {
  const returns = operations
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ completedAt }) => completedAt)
    .sort((a, b) => a - b);
  const search = (count: number): SearchResult => {
    const beginning = upTo(returns[count - 1] ?? -1, operations);
    return decide(callsToPlace(beginning, model), budget);
  };
  let [valid, invalid] = [reached, Math.min(atMost + 1, returns.length)];
  for (let ahead = 1; invalid - valid > 1; ahead *= 2) {
    const next = Math.min(valid + ahead, (valid + invalid) >> 1);
    if (search(next).verdict === 'invalid') invalid = next;
    else valid = next;
  }
  const toPlace = callsToPlace(upTo(returns[invalid - 1] ?? -1, operations), model);
  const apart = withStatesApart(toPlace, model);
  const everything = allCalls(operations, model);
  const limits = { ...budget, steps: Math.min(budget.steps, STEPS_TO_EXPLAIN) };
  const thorough = new LinearizationSearch(apart, limits).run();
  if (thorough.verdict === 'invalid') return explainFurthest(thorough.furthest, apart.calls, key, everything);
  return explainFurthest(new LinearizationSearch(toPlace, limits).run().furthest, toPlace.calls, key, everything);
}

/** The history until this event: what returned later is open, and may or may not have taken effect. */
function upTo(place: number, operations: readonly Operation[]): readonly Operation[] {
  return operations
    .filter(({ invokedAt, outcome }) => invokedAt < place && outcome !== 'fail')
    .map((operation) =>
      operation.completedAt <= place
        ? operation
        : { ...operation, outcome: 'indeterminate', completedAt: Number.POSITIVE_INFINITY, output: undefined },
    );
}
