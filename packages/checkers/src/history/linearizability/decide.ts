import type { CallsToPlace } from './calls.ts';
import { LayeredSearch } from './layered-search.ts';
import { LinearizationSearch } from './search.ts';
import type { SearchBudget, SearchResult } from './search-result.ts';

/** A search that goes deep finds an order soon if there is one; after so many steps it seems that there is none. */
const STEPS_IN_DEPTH = 1_000_000;

/** What was found; `reached` calls that returned can be placed, and `atMost` is the most that could be. */
export interface Decision extends SearchResult {
  readonly atMost: number;
}

/**
 * Looks for an order in depth. If that takes long, it tries to exclude every order return by return: first as if what
 * is in doubt could take effect again and again, which is quick and settles most histories that are wrong, then as it
 * is. What is left of the budget goes into depth again. Every `valid` and `invalid` is exact.
 */
export function decide<State>(toPlace: CallsToPlace<State>, budget: SearchBudget): Decision {
  const first = Math.min(budget.steps, STEPS_IN_DEPTH);
  const inDepth = new LinearizationSearch(toPlace, { ...budget, steps: first }).run();
  const open = toPlace.calls.length;
  if (inDepth.verdict !== 'unknown' || first === budget.steps) return { ...inDepth, atMost: open };
  let { steps } = inDepth;
  for (const reuses of [true, false]) {
    const layered = new LayeredSearch(toPlace, { ...budget, steps: (budget.steps - steps) >> 1 }, reuses).run();
    steps += layered.steps;
    if (layered.verdict === 'invalid') return { ...inDepth, verdict: 'invalid', steps, atMost: layered.reached };
    if (layered.verdict === 'valid' && !reuses) return { ...inDepth, verdict: 'valid', steps, atMost: open };
  }
  const last = new LinearizationSearch(toPlace, { ...budget, steps: Math.max(1, budget.steps - steps) }).run();
  return { ...last, steps: steps + last.steps, atMost: open };
}
