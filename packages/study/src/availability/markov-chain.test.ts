import { describe, expect, it } from 'vitest';
import { stationary, unavailability } from './markov-chain.ts';

describe('a chain', () => {
  it('of birth and death is in detailed balance', () => {
    // Failures at 2, repairs at 3, up to two at a time: weights 1, 2/3, 2/3 * 2/3.
    const shares = stationary([
      [0, 2, 0],
      [3, 0, 2],
      [0, 3, 0],
    ]);
    const weights = [1, 2 / 3, 4 / 9];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [state, share] of shares.entries()) expect(share).toBeCloseTo((weights[state] as number) / total, 14);
  });

  it('that only goes round spends time in each state as long as a stay lasts', () => {
    const shares = stationary([
      [0, 1, 0],
      [0, 0, 2],
      [4, 0, 0],
    ]);
    for (const [state, share] of [4 / 7, 2 / 7, 1 / 7].entries()) expect(shares[state]).toBeCloseTo(share, 14);
  });

  it('of independent components is their product, to the last digits of a small share', () => {
    expect(unavailability([{ failureRate: 1, repairRate: 3 }])).toBeCloseTo(0.25, 14);
    const three = [1, 2, 3].map((failureRate) => ({ failureRate, repairRate: 10 }));
    const up = three.reduce(
      (product, { failureRate, repairRate }) => (product * repairRate) / (failureRate + repairRate),
      1,
    );
    expect(unavailability(three)).toBeCloseTo(1 - up, 14);
    expect(unavailability([{ failureRate: 1e-9, repairRate: 1e3 }]) / 1e-12).toBeCloseTo(1, 9);
    expect(unavailability([{ failureRate: 1, repairRate: Number.POSITIVE_INFINITY }])).toBe(0);
  });
});
