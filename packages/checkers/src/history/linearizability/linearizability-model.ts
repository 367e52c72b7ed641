import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { LinearizabilityCounterexample } from './counterexample.ts';
import { checkLinearizability, type LinearizabilityResult } from './linearizability.ts';
import type { SequentialModel } from './sequential-model.ts';

type Named = Pick<HistoryModel, 'name' | 'aliases' | 'summary'>;

/** A model of one object as something that a history can be held against. */
export function linearizabilityModel<State>(model: SequentialModel<State>, named: Named): HistoryModel {
  return {
    ...named,
    family: 'linearizability',
    check: (operations, { steps, bytes }) =>
      resultOf(checkLinearizability(model, operations, { steps, bytes }), model.object),
  };
}

function resultOf(result: LinearizabilityResult, object: string): HistoryResult {
  const { verdict, operations, keys, steps, counterexample } = result;
  const over = keys > 1 ? ` over ${keys} keys` : '';
  return {
    verdict,
    summary: summaryOf(result, object, over),
    explanation: counterexample === undefined ? [] : explain(counterexample, verdict === 'invalid', object),
    details: { operations, keys, steps, ...(counterexample === undefined ? {} : { counterexample }) },
  };
}

function summaryOf(
  { verdict, operations, steps, counterexample }: LinearizabilityResult,
  object: string,
  over: string,
): string {
  if (verdict === 'valid') return `Linearizable: an order for all ${operations} operations${over} fits ${object}.`;
  const key = counterexample?.key === undefined ? '' : ` of key ${counterexample.key}`;
  if (verdict === 'invalid') return `Not linearizable: ${counterexample?.blocking}${key} fits nowhere.`;
  return `Not decided within the budget, after ${steps} steps${key}.`;
}

function explain(found: LinearizabilityCounterexample, isFinal: boolean, object: string): readonly string[] {
  const { key, placed, outOf, lastPlaced, blocking, states, concurrent } = found;
  const where = key === undefined ? '' : ` of key ${key}`;
  const list = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
  if (!isFinal)
    return list(`The search came this far: ${placed} of ${outOf} operations${where}, the last of them`, lastPlaced);
  return [
    ...list(`${placed} operations${where} can be placed before it, the last of them in this order`, lastPlaced),
    ...list('No place fits', blocking === undefined ? [] : [blocking]),
    ...list(`By then ${object} can hold only`, states),
    ...list('At the same time were going on', concurrent),
  ];
}
