import type { RandomStream } from '@faultline/clock';
import type { TransactionWorkloadSpec } from '@faultline/scenario';
import type { TransactionStep } from '@faultline/trace';
import type { TransactionRows } from './transaction-rows.ts';

/**
 * Draws one transaction: reads of different rows and writes to different rows, mixed in any order. Writes take their
 * rows in the same order in all transactions, as careful applications do, so none wait for one another in a circle.
 */
export function transactionSteps(
  { keys, reads, writes, rows: hold, writesPerKey }: TransactionWorkloadSpec,
  rows: TransactionRows,
  random: RandomStream,
): readonly TransactionStep[] {
  const toRead = differentPlaces(reads, keys, random);
  const toWrite = differentPlaces(writes, keys, random).sort((a, b) => b - a);
  const kind = hold === 'lists' ? 'append' : 'w';
  const steps: TransactionStep[] = [];
  while (toRead.length + toWrite.length > 0) {
    if (random() * (toRead.length + toWrite.length) < toRead.length) {
      steps.push(['r', rows.at(toRead.pop() as number), null]);
    } else {
      const { key, element } = rows.written(toWrite.pop() as number, writesPerKey);
      steps.push([kind, key, element]);
    }
  }
  return steps;
}

function differentPlaces(count: number, among: number, random: RandomStream): number[] {
  const places = new Set<number>();
  while (places.size < count) places.add(Math.floor(random() * among));
  return [...places];
}
