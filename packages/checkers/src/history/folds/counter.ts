import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { valueText } from '../value-text.ts';
import { byKey, listed, requireFunctions } from './functions.ts';

const EXAMPLE = '{:process 0, :type :invoke, :f :add, :value 1}';

/** Jepsen's counter: a read lies between what had been added for certain and what may have been. */
export const counter: HistoryModel = {
  name: 'counter',
  aliases: ['jepsen-counter'],
  family: 'others',
  summary: 'a counter from 0 that reads within what was and may have been added; :add and :read',
  check: byKey(EXAMPLE, check),
};

interface Moment {
  readonly at: number;
  readonly operation: Operation;
  readonly isEnd: boolean;
}

function check(operations: readonly Operation[]): HistoryResult {
  requireFunctions(operations, ['add', 'read'], EXAMPLE);
  const moments = operations
    .filter(({ outcome }) => outcome !== 'fail')
    .flatMap((operation): Moment[] => [
      { at: operation.invokedAt, operation, isEnd: false },
      { at: operation.completedAt, operation, isEnd: true },
    ])
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  let [certainly, possibly] = [0, 0];
  const leastAtBegin = new Map<Operation, number>();
  const problems: string[] = [];
  let reads = 0;
  for (const { operation, isEnd } of moments) {
    const isAdd = operation.f === 'add';
    const amount = isAdd ? numberOf(operation, operation.input) : 0;
    // An add may count from its invocation on, and counts from its return on; a negative one works the other way.
    if (amount > 0 !== isEnd) possibly += amount;
    else certainly += amount;
    if (!isAdd && !isEnd) leastAtBegin.set(operation, certainly);
    if (isAdd || !isEnd) continue;
    reads++;
    const value = numberOf(operation, operation.output ?? null);
    const least = leastAtBegin.get(operation) as number;
    if (value >= least && value <= possibly) continue;
    problems.push(
      `Process ${operation.process} (${placeText(operation)}) read ${value}; it had to be from ${least} to ${possibly}.`,
    );
  }
  return listed(problems, `All ${reads} reads lie between what was and what may have been added.`, { reads });
}

function numberOf({ line, f }: Operation, value: Operation['input']): number {
  if (typeof value === 'number') return value;
  throw new BadHistory({ line, found: `:${f} with ${valueText(value)}`, expected: 'a number', example: EXAMPLE });
}
