import type { HistoryValue, Verdict } from '../history.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { canonicalText, isList, valueText } from '../value-text.ts';
import { callsToPlace } from './calls.ts';
import { explainFurthest, type LinearizabilityCounterexample } from './counterexample.ts';
import { decide } from './decide.ts';
import type { SearchBudget } from './search-result.ts';
import type { SequentialModel } from './sequential-model.ts';
import { shortestCounterexample } from './shortest-prefix.ts';

export interface LinearizabilityResult {
  readonly verdict: Verdict;
  /** How many operations had to be placed, over all keys. */
  readonly operations: number;
  /** How many keys were checked apart; 1 if the object has none. */
  readonly keys: number;
  /** Placements that were tried. */
  readonly steps: number;
  /** Of the first key that is not linearizable, or, if there is none, of the first that could not be decided. */
  readonly counterexample: LinearizabilityCounterexample | undefined;
}

interface Part {
  readonly key: HistoryValue | undefined;
  readonly operations: readonly Operation[];
}

/**
 * Whether the object behaved as if every operation took effect at one instant between its invocation and its return
 * (Herlihy and Wing 1990). Keys that do not touch each other are checked one by one, which is the same (their theorem
 * of locality), the small ones first; the budget is for all of them together. Throws {@link BadHistory} for functions
 * and values that the model does not know.
 */
export function checkLinearizability<State>(
  model: SequentialModel<State>,
  operations: readonly Operation[],
  budget: SearchBudget,
): LinearizabilityResult {
  for (const operation of operations) requireKnown(operation, model);
  const parts = partsOf(model, operations);
  const bySize = [...parts].sort((a, b) => a.operations.length - b.operations.length);
  let verdict: Verdict = 'valid';
  let counterexample: LinearizabilityCounterexample | undefined;
  let steps = 0;
  let placed = 0;
  for (const part of bySize) {
    const toPlace = callsToPlace(part.operations, model);
    const result = decide(toPlace, { ...budget, steps: budget.steps - steps });
    steps += result.steps;
    placed += toPlace.calls.length;
    if (result.verdict === 'valid') continue;
    verdict = result.verdict;
    if (verdict === 'unknown')
      counterexample ??= explainFurthest(result.furthest, toPlace.calls, part.key, toPlace.calls);
    else {
      counterexample = shortestCounterexample(model, part.operations, part.key, budget, result);
      break;
    }
  }
  return { verdict, operations: placed, keys: parts.length, steps, counterexample };
}

function requireKnown<State>({ f, line }: Operation, { functions, example }: SequentialModel<State>): void {
  if (functions.includes(f)) return;
  throw new BadHistory({ line, found: `the function :${f}`, expected: `one of :${functions.join(', :')}`, example });
}

function partsOf<State>(model: SequentialModel<State>, operations: readonly Operation[]): readonly Part[] {
  const hasKeys = model.keys === 'always' || (model.keys === 'detected' && operationsHaveKeys(operations));
  if (!hasKeys) return [{ key: undefined, operations }];
  const parts = new Map<string, { readonly key: HistoryValue; readonly operations: Operation[] }>();
  for (const operation of operations) {
    const [key, input] = keyed(operation, operation.input, model.example);
    const text = canonicalText(key);
    const part = parts.get(text) ?? { key, operations: [] };
    parts.set(text, part);
    const output = operation.output === undefined ? undefined : innerOutput(operation.output, text);
    part.operations.push({ ...operation, input, output });
  }
  return [...parts.values()];
}

/**
 * Whether every value is `[key value]`, as Jepsen's `independent` tests write it. What a read is asked for is nothing,
 * so a read of `[key nil]` gives it away; so does a compare-and-set whose second value is a pair.
 */
function operationsHaveKeys(operations: readonly Operation[]): boolean {
  let given = false;
  for (const { f, input } of operations) {
    if (!isList(input) || input.length !== 2) return false;
    if (f === 'read' && input[1] !== null) return false;
    if (f === 'cas' && !isList(input[1])) return false;
    given ||= f === 'read' || f === 'cas';
  }
  return given;
}

function keyed(operation: Operation, value: HistoryValue, example: string): readonly [HistoryValue, HistoryValue] {
  if (isList(value) && value.length === 2) return [value[0] as HistoryValue, value[1] as HistoryValue];
  if (isList(value) && value.length === 1) return [value[0] as HistoryValue, null];
  throw new BadHistory({
    line: operation.line,
    found: `:${operation.f} with the value ${valueText(value)}`,
    expected: 'a key with it: a :key of its own, or a :value of [key value]',
    example,
  });
}

/** Completions may repeat the key or leave it out. */
function innerOutput(output: HistoryValue, key: string): HistoryValue {
  const repeats = isList(output) && output.length === 2 && canonicalText(output[0] as HistoryValue) === key;
  return repeats ? (output[1] as HistoryValue) : output;
}
