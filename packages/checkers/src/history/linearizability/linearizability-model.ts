import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { LinearizabilityCounterexample } from './counterexample.ts';
import { checkLinearizability, type LinearizabilityResult } from './linearizability.ts';
import type { SequentialModel } from './sequential-model.ts';

interface Named extends Pick<HistoryModel, 'name' | 'aliases' | 'summary'> {
  /** Whether a history without a read that returned tells nothing. */
  readonly needsRead?: boolean;
}

/** A model of one object as something that a history can be held against. */
export function linearizabilityModel<State>(
  model: SequentialModel<State>,
  { needsRead = false, ...named }: Named,
): HistoryModel {
  return {
    ...named,
    family: 'linearizability',
    check: (operations, { steps, bytes }) => {
      const result = resultOf(checkLinearizability(model, operations, { steps, bytes }), model.object);
      const hasRead = operations.some(
        ({ f, outcome, output }) => f === 'read' && outcome === 'ok' && output !== undefined,
      );
      if (!needsRead || hasRead || result.verdict !== 'valid') return result;
      return {
        ...result,
        verdict: 'unknown',
        summary: `No read of ${model.object} returned: there is nothing to tell by.`,
      };
    },
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
  if (verdict === 'valid') return `Linearizable: an order for all ${counted(operations)}${over} fits ${object}.`;
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
    return list(`The search came this far: ${placed} of ${counted(outOf)}${where}, the last of them`, lastPlaced);
  return [
    ...list(`${counted(placed)}${where} can be placed before it, the last of them in this order`, lastPlaced),
    ...list('No place fits', blocking === undefined ? [] : [blocking]),
    ...list(`By then ${object} can hold only`, states),
    ...list('At the same time were going on', concurrent),
  ];
}

const counted = (operations: number): string => (operations === 1 ? '1 operation' : `${operations} operations`);
