import { ascending, quantile } from '@faultline/metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUpBlock } from '../testing/made-up-block.ts';
import { PairwiseDifferences } from './pairwise-differences.ts';

const NEVER = Number.POSITIVE_INFINITY;
const us = fc.oneof(fc.integer({ min: 0, max: 90_000_000 }), fc.nat(3), fc.constant(NEVER));

const blockOf = (recoveries: readonly number[]) =>
  madeUpBlock({ from: 1, to: recoveries.length }, (trial) => ({
    ...{ trial, recoveryUs: recoveries[trial - 1] as number, failed: 0, indeterminate: 0, lost: 0 },
    ...{ lossSpanUs: 0, lostUpdates: 0, phases: [], steps: [] },
  }));

function median(one: readonly number[], other: readonly number[]): number {
  const differences = one.map((value, index) => (value === other[index] ? 0 : value - (other[index] as number)));
  return quantile(ascending(differences), 0.5);
}

describe('differences of every pair', () => {
  it('are those of the trials, whichever of the two comes first', () => {
    const trials = fc.array(fc.tuple(us, us, us), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(trials, (all) => {
        const columns = [0, 1, 2].map((place) => all.map((trial) => trial[place] as number));
        const differences = new PairwiseDifferences(3);
        differences.add(columns.map(blockOf));
        for (const one of [0, 1, 2]) {
          for (const other of [0, 1, 2].filter((place) => place !== one)) {
            const { value, low, high } = differences.median(one, other);
            expect(value).toBe(median(columns[one] as number[], columns[other] as number[]));
            expect(low === null || low <= value).toBe(true);
            expect(high === null || high >= value).toBe(true);
          }
        }
      }),
      { seed: 7 },
    );
  });

  it('have intervals that are mirrored with them', () => {
    const differences = new PairwiseDifferences(2);
    const slow = Array.from({ length: 100 }, (_, index) => 1_000 + index);
    differences.add([blockOf(slow), blockOf(slow.map(() => 1_000))]);
    expect(differences.median(0, 1)).toEqual({ value: 49, low: 39, high: 60 });
    expect(differences.median(1, 0)).toEqual({ value: -50, low: -60, high: -39 });
  });

  it('count two that never recover as equal, and one as worse than all', () => {
    const differences = new PairwiseDifferences(2);
    differences.add([blockOf([NEVER, NEVER, 1]), blockOf([NEVER, 5, 1])]);
    expect([differences.median(0, 1).value, differences.median(1, 0).value]).toEqual([0, 0]);
    differences.add([blockOf([NEVER, NEVER]), blockOf([1, 1])]);
    expect([differences.median(0, 1).value, differences.median(1, 0).value]).toEqual([NEVER, -NEVER]);
  });
});
