import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { canonicalText, valueText } from '../value-text.ts';
import { byKey, elementsRead, listed, requireFunctions } from './functions.ts';

const EXAMPLE = '{:process 0, :type :invoke, :f :write, :value 1}';

/** Jepsen's comments: who sees a write sees all writes that had returned when it was invoked. */
export const comments: HistoryModel = {
  name: 'comments',
  aliases: ['jepsen-comments'],
  family: 'others',
  summary:
    'blind inserts, none of which is seen without those that came before it; :write, and :read of all that is there',
  check: byKey(EXAMPLE, check),
};

function check(operations: readonly Operation[]): HistoryResult {
  requireFunctions(operations, ['write', 'read'], EXAMPLE);
  const writes = new Map<string, Operation>();
  for (const operation of operations)
    if (operation.f === 'write') writes.set(canonicalText(operation.input), operation);
  const returned = [...writes].filter(([, { outcome }]) => outcome === 'ok');
  returned.sort(([, a], [, b]) => a.completedAt - b.completedAt);
  const reads = operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok');
  const problems = reads.flatMap((read) => missedBy(read, writes, returned) ?? []);
  return listed(problems, `No read of ${reads.length} missed a write that came before one it saw.`, {
    reads: reads.length,
  });
}

function missedBy(
  read: Operation,
  writes: ReadonlyMap<string, Operation>,
  returned: readonly (readonly [string, Operation])[],
): string | undefined {
  const seen = new Set(elementsRead(read, EXAMPLE).map(canonicalText));
  // Of all that it saw, the write that was invoked last has the most before it.
  let last: Operation | undefined;
  for (const value of seen) {
    const write = writes.get(value);
    if (write !== undefined && (last === undefined || write.invokedAt > last.invokedAt)) last = write;
  }
  if (last === undefined) return undefined;
  for (const [value, write] of returned) {
    if (write.completedAt > last.invokedAt) return undefined;
    if (!seen.has(value))
      return `Process ${read.process} (${placeText(read)}) read ${valueText(last.input)} (${placeText(last)}) without ${valueText(write.input)}, whose write had returned before (${placeText(write)}).`;
  }
  return undefined;
}
