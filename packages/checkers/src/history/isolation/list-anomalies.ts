import type { HistoryValue } from '../history.ts';
import { valueText } from '../value-text.ts';
import type { Anomaly } from './anomaly.ts';
import { describe } from './explain-cycle.ts';
import type { ListKey, ListRead } from './list-index.ts';
import { keyText, type Step, type Transaction } from './transaction.ts';

const shown = (text: string): string => valueText(JSON.parse(text) as HistoryValue);

/** What a single key shows without a graph: one anomaly of each kind at most. */
export function listAnomalies(list: ListKey): readonly Anomaly[] {
  const found = [abortedRead, intermediateRead, garbageRead, duplicateElement, incompatibleOrder, dirtyUpdate];
  return found.flatMap((find) => find(list) ?? []);
}

function anomaly(name: string, what: string, named: readonly (readonly [string, Transaction])[]): Anomaly {
  const lines = named.map(([called, transaction]) => describe(called, transaction, 'append'));
  return { name, lines: [...lines, what], transactions: named.map(([, { id }]) => id) };
}

function abortedRead({ key, writers, ambiguous, telling }: ListKey): Anomaly | undefined {
  for (const { transaction, elements } of telling) {
    for (const element of elements) {
      const writer = writers.get(element);
      if (writer?.operation.outcome !== 'fail' || ambiguous.has(element)) continue;
      const what = `T2 read the ${shown(element)} in ${keyText(key)} that T1 appended, although T1 failed.`;
      return anomaly('G1a', what, [
        ['T1', writer],
        ['T2', transaction],
      ]);
    }
  }
  return undefined;
}

function intermediateRead({ key, writers, ambiguous, reads }: ListKey): Anomaly | undefined {
  for (const { transaction, elements } of reads) {
    const last = elements.at(-1);
    const writer = last === undefined || ambiguous.has(last) ? undefined : writers.get(last);
    if (last === undefined || writer === undefined || writer === transaction) continue;
    const final = writer.steps.findLast((step) => step.kind === 'write' && step.key === key) as Step;
    if (final.text === last) continue;
    const what = `T2 read ${keyText(key)} up to the ${shown(last)} of T1, which went on to append ${shown(final.text)}.`;
    return anomaly('G1b', what, [
      ['T1', writer],
      ['T2', transaction],
    ]);
  }
  return undefined;
}

function garbageRead({ key, writers, telling }: ListKey): Anomaly | undefined {
  for (const { transaction, elements } of telling) {
    const garbage = elements.find((element) => !writers.has(element));
    if (garbage === undefined) continue;
    const what = `T1 read ${shown(garbage)} in ${keyText(key)}, which nobody appended.`;
    return anomaly('garbage-read', what, [['T1', transaction]]);
  }
  return undefined;
}

function duplicateElement({ key, ambiguous, telling }: ListKey): Anomaly | undefined {
  for (const { transaction, elements } of telling) {
    const seen = new Set<string>();
    for (const element of elements) {
      if (seen.has(element) && !ambiguous.has(element)) {
        const what = `T1 read ${shown(element)} twice in ${keyText(key)}, although it was appended once.`;
        return anomaly('duplicate-elements', what, [['T1', transaction]]);
      }
      seen.add(element);
    }
  }
  return undefined;
}

function incompatibleOrder({ key, reads }: ListKey): Anomaly | undefined {
  const byLength = [...reads].sort((a, b) => a.elements.length - b.elements.length);
  for (const [index, longer] of byLength.entries()) {
    const shorter = byLength[index - 1];
    if (shorter === undefined || begins(shorter, longer)) continue;
    const what = `T1 and T2 read ${keyText(key)} in orders that cannot both be: neither begins the other.`;
    return anomaly('incompatible-order', what, [
      ['T1', shorter.transaction],
      ['T2', longer.transaction],
    ]);
  }
  return undefined;
}

const begins = (shorter: ListRead, longer: ListRead): boolean =>
  shorter.elements.every((element, index) => element === longer.elements[index]);

/** A committed append after an aborted one, with nothing but appends in doubt between them. */
function dirtyUpdate({ key, writers, ambiguous, order }: ListKey): Anomaly | undefined {
  let aborted: { readonly element: string; readonly writer: Transaction } | undefined;
  for (const element of order) {
    const writer = ambiguous.has(element) ? undefined : writers.get(element);
    const outcome = writer?.operation.outcome;
    if (writer === undefined) aborted = undefined;
    else if (outcome === 'fail') aborted = { element, writer };
    else if (outcome === 'ok' && aborted !== undefined) {
      const what = `T2 appended ${shown(element)} to ${keyText(key)} after the ${shown(aborted.element)} of T1, which failed.`;
      return anomaly('dirty-update', what, [
        ['T1', aborted.writer],
        ['T2', writer],
      ]);
    }
  }
  return undefined;
}

/** What a transaction that committed shows by itself. */
export function listTransactionAnomalies(
  transaction: Transaction,
  isUnique: (key: string) => boolean,
): readonly Anomaly[] {
  return [contradiction(transaction), futureRead(transaction, isUnique)].flatMap((found) => found ?? []);
}

interface Expected {
  /** What was in the list before the appends of this transaction; undefined if it has not read it. */
  readonly before: readonly string[] | undefined;
  readonly own: readonly string[];
}

function contradiction(transaction: Transaction): Anomaly | undefined {
  const expected = new Map<string, Expected>();
  for (const { kind, key, text, value, elements } of transaction.steps) {
    const known = expected.get(key);
    if (kind === 'write') {
      expected.set(key, { before: known?.before, own: [...(known?.own ?? []), text] });
      continue;
    }
    if (known !== undefined && !fits(elements, known)) {
      const all = [...(known.before ?? ['…']), ...known.own].map((one) => (one === '…' ? one : shown(one)));
      const what = `T1 read ${keyText(key)} as ${valueText(value)}, but by its own steps before it had to be [${all.join(' ')}].`;
      return anomaly('internal', what, [['T1', transaction]]);
    }
    expected.set(key, { before: elements, own: [] });
  }
  return undefined;
}

function fits(elements: readonly string[], { before, own }: Expected): boolean {
  const ownFrom = before === undefined ? elements.length - own.length : before.length;
  if (ownFrom < 0 || elements.length !== ownFrom + own.length) return false;
  const wanted = [...(before ?? elements.slice(0, ownFrom)), ...own];
  return wanted.every((element, index) => element === elements[index]);
}

function futureRead(transaction: Transaction, isUnique: (key: string) => boolean): Anomaly | undefined {
  const { steps } = transaction;
  for (const [at, { kind, key, text }] of steps.entries()) {
    if (kind === 'read' || !isUnique(key)) continue;
    const wasRead = steps.slice(0, at).some((step) => step.key === key && step.elements.includes(text));
    if (!wasRead) continue;
    const what = `T1 read ${shown(text)} in ${keyText(key)} before it appended it.`;
    return anomaly('future-read', what, [['T1', transaction]]);
  }
  return undefined;
}
