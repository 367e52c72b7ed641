import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { canonicalText, valueText } from '../value-text.ts';
import { byKey, elementsRead, listed, requireFunctions } from './functions.ts';

const EXAMPLE = '{:process 0, :type :ok, :f :read, :value [1 2]}';

/** Jepsen's `set`: the last read has every element whose add returned, and none that nobody tried to add. */
export const finalSet: HistoryModel = {
  name: 'jepsen-set',
  aliases: ['final-set'],
  family: 'others',
  summary: 'a set of which only the last read counts; :add and :read of all elements',
  check: byKey(EXAMPLE, check),
};

function check(operations: readonly Operation[]): HistoryResult {
  requireFunctions(operations, ['add', 'read'], EXAMPLE);
  const reads = operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok');
  const last = reads.reduce<Operation | undefined>(
    (latest, read) => (latest === undefined || read.completedAt > latest.completedAt ? read : latest),
    undefined,
  );
  const adds = operations.filter(({ f }) => f === 'add');
  if (last === undefined) {
    const summary = 'The set was never read, so there is nothing to tell by.';
    return { verdict: 'unknown', summary, explanation: [], details: { attempts: adds.length } };
  }
  const seen = new Set(elementsRead(last, EXAMPLE).map(canonicalText));
  const attempted = new Set(adds.map(({ input }) => canonicalText(input)));
  const lost = adds.filter(({ input, outcome }) => outcome === 'ok' && !seen.has(canonicalText(input)));
  const unexpected = [...seen].filter((text) => !attempted.has(text));
  const who = `the last read, of process ${last.process} (${placeText(last)})`;
  const problems = [
    ...lost.map((add) => {
      return `${valueText(add.input)}, added by process ${add.process} (${placeText(add)}), is missing from ${who}.`;
    }),
    ...unexpected.map((text) => `${text}, which nobody added, is in ${who}.`),
  ];
  return listed(problems, `The last read has all that was added: ${seen.size} elements.`, {
    attempts: attempted.size,
    lost: lost.length,
    unexpected: unexpected.length,
  });
}
