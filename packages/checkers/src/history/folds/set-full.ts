import type { HistoryValue } from '../history.ts';
import type { HistoryModel, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { canonicalText, valueText } from '../value-text.ts';
import { byKey, elementsRead, listed, requireFunctions } from './functions.ts';

const EXAMPLE = '{:process 0, :type :ok, :f :read, :value [1 2]}';

/** Jepsen's `set-full`: what was added must be there in the end; reads may be behind. */
export const setFull: HistoryModel = {
  name: 'set-full',
  aliases: ['jepsen-set-full'],
  family: 'others',
  summary: 'a set that loses nothing but may show it late; :add and :read of all elements',
  check: byKey(EXAMPLE, check),
};

/** What is known of one element. Places are those of events in the history. */
interface Element {
  readonly value: HistoryValue;
  readonly add: Operation;
  /** When it was certain to be there: its add had returned, or a read had shown it. */
  readonly knownAt: number;
  readonly lastPresent: Operation | undefined;
  readonly lastAbsent: Operation | undefined;
}

interface Read {
  readonly operation: Operation;
  readonly elements: ReadonlySet<string>;
}

function check(operations: readonly Operation[]): HistoryResult {
  requireFunctions(operations, ['add', 'read'], EXAMPLE);
  const reads = operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok').map(readOf);
  const adds = new Map<string, Operation>();
  for (const operation of operations) if (operation.f === 'add') adds.set(canonicalText(operation.input), operation);
  const elements = [...adds].map(([text, add]) => elementOf(text, add, reads));
  const lost = elements.filter(isLost);
  const stable = elements.filter(({ lastPresent, lastAbsent }) => isLater(lastPresent, lastAbsent));
  const counts = { attempts: elements.length, stable: stable.length, lost: lost.length };
  const problems = [...reads.flatMap((read) => unexpectedIn(read, adds)), ...lost.map(lossText)];
  const result = listed(problems, `All ${stable.length} elements that were seen last stayed.`, counts);
  if (result.verdict === 'invalid' || stable.length > 0) return result;
  const summary = 'No element was ever seen, so there is nothing to tell by.';
  return { verdict: 'unknown', summary, explanation: [], details: counts };
}

const readOf = (operation: Operation): Read => ({
  operation,
  elements: new Set(elementsRead(operation, EXAMPLE).map(canonicalText)),
});

function elementOf(text: string, add: Operation, reads: readonly Read[]): Element {
  let knownAt = add.outcome === 'ok' ? add.completedAt : Number.POSITIVE_INFINITY;
  let [lastPresent, lastAbsent]: (Operation | undefined)[] = [];
  for (const { operation, elements } of reads) {
    if (operation.completedAt < add.invokedAt) continue;
    if (elements.has(text)) {
      knownAt = Math.min(knownAt, operation.completedAt);
      lastPresent = operation;
    } else lastAbsent = operation;
  }
  return { value: add.input, add, knownAt, lastPresent, lastAbsent };
}

/** Reads come by their invocations, so the last that was noted began last. */
const isLater = (one: Operation | undefined, other: Operation | undefined): boolean =>
  one !== undefined && (other === undefined || one.invokedAt > other.invokedAt);

/** A read that began when it was certain to be there missed it, and none that began later saw it. */
const isLost = ({ knownAt, lastPresent, lastAbsent }: Element): boolean =>
  lastAbsent !== undefined && isLater(lastAbsent, lastPresent) && knownAt < lastAbsent.invokedAt;

function lossText({ value, add, lastAbsent }: Element): string {
  const read = lastAbsent as Operation;
  return `${valueText(value)}, added by process ${add.process} (${placeText(add)}), was missing when process ${read.process} read last (${placeText(read)}).`;
}

function unexpectedIn({ operation, elements }: Read, adds: ReadonlyMap<string, Operation>): readonly string[] {
  const found = [...elements].find((text) => !adds.has(text));
  if (found === undefined) return [];
  return [`Process ${operation.process} (${placeText(operation)}) read ${found}, which nobody added.`];
}
