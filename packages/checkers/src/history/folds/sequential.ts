import type { HistoryValue } from '../history.ts';
import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { isList, valueText } from '../value-text.ts';
import { listed, requireFunctions } from './functions.ts';

const EXAMPLE = '{:process 0, :type :ok, :f :read, :value [7 ["7_1" "7_0"]]}';

/** Jepsen's sequential: one client writes subkeys in order, others read them in the opposite order. */
export const sequential: HistoryModel = {
  name: 'sequential',
  aliases: ['jepsen-sequential'],
  family: 'others',
  summary:
    'subkeys that a client writes in order, and reads of [key subkeys], last one first; :add or :write, and :read',
  check,
};

function check(operations: readonly Operation[]): HistoryResult {
  requireFunctions(operations, ['add', 'write', 'read'], EXAMPLE);
  const reads = operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok');
  const problems = reads.flatMap((read) => {
    const subkeys = subkeysOf(read);
    const first = subkeys.findIndex((subkey) => subkey !== null);
    if (first === -1 || !subkeys.slice(first).includes(null)) return [];
    return `Process ${read.process} (${placeText(read)}) found ${valueText(subkeys[first] as HistoryValue)}, but not all that was written before it: ${valueText(subkeys)}.`;
  });
  return listed(problems, `No read of ${reads.length} found a subkey without those before it.`, {
    reads: reads.length,
  });
}

function subkeysOf({ output = null, line }: Operation): readonly HistoryValue[] {
  const subkeys = isList(output) && output.length === 2 ? output[1] : undefined;
  if (isList(subkeys)) return subkeys;
  throw new BadHistory({
    line,
    found: `a read that returned ${valueText(output)}`,
    expected: 'a key with its subkeys, the last one first, nil for each that is not there',
    example: EXAMPLE,
  });
}
