import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { isList, valueText } from '../value-text.ts';

/** What a write or add was about: the completion may repeat it, and need not. */
export function argumentOf({ input, output }: Operation): HistoryValue {
  return input ?? output ?? null;
}

/** The two values of a compare-and-set. Throws {@link BadHistory} if they are not two. */
export function fromAndTo(operation: Operation): readonly [HistoryValue, HistoryValue] {
  const pair = argumentOf(operation);
  if (isList(pair) && pair.length === 2) return [pair[0] as HistoryValue, pair[1] as HistoryValue];
  throw new BadHistory({
    line: operation.line,
    found: `:${operation.f} with the value ${valueText(pair)}`,
    expected: 'the value it compares with and the value it sets',
    example: '{:process 0, :type :invoke, :f :cas, :value [1 2]}',
  });
}

/** What a read returned, if it did and the history says what. */
export function returned({ outcome, output }: Operation): HistoryValue | undefined {
  return outcome === 'ok' ? output : undefined;
}
