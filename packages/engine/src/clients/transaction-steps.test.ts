import { RandomStreams } from '@faultline/clock';
import type { TransactionWorkloadSpec } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { TransactionRows } from './transaction-rows.ts';
import { transactionSteps } from './transaction-steps.ts';

const WORK: TransactionWorkloadSpec = {
  client: 'checkout',
  action: 'transaction',
  arrivals: { process: 'every', everyUs: 1_000 },
  rows: 'lists',
  keys: 8,
  writesPerKey: 4,
  reads: 3,
  writes: 2,
  isolation: 'repeatable-read',
  fromUs: 0,
  untilUs: null,
};

function drawn(count: number, work = WORK) {
  const rows = new TransactionRows(work.keys);
  const random = new RandomStreams('7').stream('checkout/transactions');
  return Array.from({ length: count }, () => transactionSteps(work, rows, random));
}

describe('transactions as clients think them up', () => {
  const all = drawn(500);
  const keysOf = (kind: string, steps: (typeof all)[number]) =>
    steps.filter(([each]) => each === kind).map(([, key]) => key);

  it('read different rows and append to different rows', () => {
    for (const steps of all) {
      expect(new Set(keysOf('r', steps)).size).toBe(3);
      expect(new Set(keysOf('append', steps)).size).toBe(2);
    }
  });

  it('take their rows in one order, so that none wait for one another in a circle', () => {
    const places = (steps: (typeof all)[number]) => keysOf('append', steps).map((key) => (key - 1) % WORK.keys);
    for (const steps of all) expect(places(steps)).toEqual(places(steps).toSorted((a, b) => a - b));
  });

  it('mix reads and writes in any order', () => {
    const orders = new Set(all.map((steps) => steps.map(([kind]) => kind).join(' ')));
    expect(orders.size).toBe(10);
  });

  it('never write an element twice to a row, and leave a row that was written often enough', () => {
    const elements = all.flatMap((steps) => steps.filter(([kind]) => kind === 'append'));
    const names = elements.map(([, key, element]) => `${key}:${element}`);
    expect(new Set(names).size).toBe(1_000);
    expect(Math.max(...elements.map(([, , element]) => element as number))).toBe(4);
    expect(new Set(elements.map(([, key]) => key)).size).toBeGreaterThanOrEqual(250);
  });

  it('write to registers where the scenario has those', () => {
    const kinds = new Set(drawn(20, { ...WORK, rows: 'registers' }).flatMap((steps) => steps.map(([kind]) => kind)));
    expect([...kinds].sort()).toEqual(['r', 'w']);
  });
});
