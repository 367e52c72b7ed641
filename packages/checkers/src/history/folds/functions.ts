import type { HistoryValue } from '../history.ts';
import type { HistoryResult } from '../history-model.ts';
import { partsOf } from '../linearizability/linearizability.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { isList, valueText } from '../value-text.ts';

/** Throws {@link BadHistory} for the first operation with a function that is none of these. */
export function requireFunctions(operations: readonly Operation[], known: readonly string[], example: string): void {
  const other = operations.find(({ f }) => !known.includes(f));
  if (other === undefined) return;
  throw new BadHistory({
    line: other.line,
    found: `the function :${other.f}`,
    expected: `one of :${known.join(', :')}`,
    example,
  });
}

/** The elements that a read of a set returned; none for nil. Throws {@link BadHistory} if they are no elements. */
export function elementsRead({ output = null, line }: Operation, example: string): readonly HistoryValue[] {
  if (output === null) return [];
  if (isList(output)) return output;
  throw new BadHistory({
    line,
    found: `a read of a set that returned ${valueText(output)}`,
    expected: 'its elements',
    example,
  });
}

/** The verdict of a checker that lists what is wrong: the first, and then a line for each other one, of which not all are shown. */
export function listed(problems: readonly string[], right: string, details: HistoryResult['details']): HistoryResult {
  const more = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  return {
    verdict: problems.length === 0 ? 'valid' : 'invalid',
    summary: problems.length === 0 ? right : (problems[0] as string),
    explanation: [...problems.slice(1, SHOWN), ...more],
    details: { ...details, problems: problems.length },
  };
}

const SHOWN = 10;

/** The same for each key by itself, where values are `[key value]`, as Jepsen's `independent` tests write them. */
export function byKey(
  example: string,
  check: (operations: readonly Operation[]) => HistoryResult,
): (operations: readonly Operation[]) => HistoryResult {
  return (operations) => {
    const parts = partsOf({ keys: 'detected', example }, operations);
    const results = parts.map((part) => ({ key: part.key, ...check(part.operations) }));
    const worst = ['invalid', 'unknown', 'valid'].flatMap((verdict) =>
      results.filter((one) => one.verdict === verdict),
    );
    const { key, ...result } = worst[0] ?? { key: undefined, ...check(operations) };
    return key === undefined ? result : { ...result, summary: `Key ${valueText(key)}: ${result.summary}` };
  };
}
