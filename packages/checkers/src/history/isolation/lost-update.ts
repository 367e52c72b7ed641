import { valueText } from '../value-text.ts';
import type { Anomaly } from './anomaly.ts';
import { describe } from './explain-cycle.ts';
import { keyText, type Step, type Transaction, type WriteName } from './transaction.ts';

/**
 * Two committed transactions that read the same version of a key and then wrote it: one of the two updates was made
 * without knowing of the other, whichever came first. No order of versions is needed to see it, only
 * that the version is one: `isUnique` tells whether its value was written once.
 */
export function lostUpdates(
  committed: readonly Transaction[],
  write: WriteName,
  isUnique: (key: string, value: string) => boolean,
): readonly Anomaly[] {
  const updaters = new Map<string, Transaction>();
  for (const transaction of committed) {
    for (const read of updatedReads(transaction)) {
      if (!isUnique(read.key, read.text)) continue;
      const version = `${read.key} ${versionText(read, write)}`;
      const other = updaters.get(version);
      if (other === undefined) updaters.set(version, transaction);
      else return [lostUpdate(read, other, transaction, write)];
    }
  }
  return [];
}

/** A list is known by its last element: where two such lists differ, other anomalies tell that a read was wrong. */
function versionText({ elements, text }: Step, write: WriteName): string {
  return write === 'append' ? `${elements.length} ${elements.at(-1) ?? ''}` : text;
}

/** The first read of each key that the transaction wrote afterwards. */
function updatedReads({ steps }: Transaction): readonly Step[] {
  const reads = new Map<string, Step | undefined>();
  const updated: Step[] = [];
  for (const step of steps) {
    const read = reads.get(step.key);
    if (step.kind === 'write') {
      if (read !== undefined) updated.push(read);
      reads.set(step.key, undefined);
    } else if (!reads.has(step.key)) reads.set(step.key, step);
  }
  return updated;
}

function lostUpdate({ key, value }: Step, first: Transaction, second: Transaction, write: WriteName): Anomaly {
  return {
    name: 'lost-update',
    lines: [
      describe('T1', first, write),
      describe('T2', second, write),
      `T1 and T2 both read ${keyText(key)} as ${valueText(value)} and then wrote it: one of them did not know of the other.`,
    ],
    transactions: [first.id, second.id],
  };
}
