import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialWindow } from './binomial.ts';
import { ascending, intervalRanks, quantile, shareEstimate } from './quantiles.ts';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

/** P(B <= k), from the part of the distribution where it is neither 0 nor 1. */
function upTo(k: number, trials: number, probability: number): number {
  const { from, cumulative } = binomialWindow(trials, probability);
  return k < from ? 0 : (cumulative[k - from] ?? 1);
}

describe('binomialWindow', () => {
  it.each([
    // Summed in exact fractions.
    [5, 10, 0.5, 0.623046875],
    [0, 20, 0.95, 9.5367431640625e-27],
    [18, 20, 0.95, 0.26416047505615015],
    [990, 1000, 0.99, 0.5426994078251092],
  ])('P(B <= %i) of %i tries with %f is %f', (k, n, p, expected) => {
    expect(upTo(k, n, p) / expected).toBeCloseTo(1, 10);
  });

  it('is certain at the ends', () => {
    expect([0, 1, 2, 3].map((k) => upTo(k, 3, 0))).toEqual([1, 1, 1, 1]);
    expect([0, 1, 2, 3].map((k) => upTo(k, 3, 1))).toEqual([0, 0, 0, 1]);
    expect(upTo(100_000, 100_000, 0.5)).toBe(1);
  });

  it('needs little room for very many tries', () => {
    expect(binomialWindow(100_000_000, 0.99).cumulative.length).toBeLessThan(50_000);
    // The normal approximation of the ranks, which is good to about one rank here.
    const { low, high } = intervalRanks(100_000_000, 0.99);
    const margin = 1.959964 * Math.sqrt(100_000_000 * 0.99 * 0.01);
    expect(Math.abs((low ?? 0) - (99_000_000 - margin))).toBeLessThan(3);
    expect(Math.abs((high ?? 0) - (99_000_000 + margin))).toBeLessThan(3);
  });
});

describe('quantile', () => {
  it('is one of the values, the smallest that the share does not exceed', () => {
    const sorted = ascending(numbers(20));
    expect([0.05, 0.5, 0.95, 0.96, 1].map((share) => quantile(sorted, share))).toEqual([1, 10, 19, 20, 20]);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('sorts never last and keeps it apart from any duration', () => {
    const sorted = ascending([3, Number.POSITIVE_INFINITY, 1, 2]);
    expect(quantile(sorted, 0.75)).toBe(3);
    expect(quantile(sorted, 0.99)).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses what has no answer', () => {
    expect(() => quantile([], 0.5)).toThrow('no quantile of no values');
    expect(() => quantile([1], 0)).toThrow('found 0');
    expect(() => ascending([1, Number.NaN])).toThrow('NaN has no place');
  });
});

describe('confidence intervals of quantiles', () => {
  it.each([
    // Tables of Conover (Practical Nonparametric Statistics) for the median at 95 %.
    [6, 0.5, 1, 6],
    [10, 0.5, 2, 9],
    [20, 0.5, 6, 15],
    [100, 0.5, 40, 61],
  ])('of %i values at %f are the order statistics %i and %i', (count, share, low, high) => {
    expect(intervalRanks(count, share)).toEqual({ low, high });
  });

  it('have no bound where the sample is too small for one', () => {
    expect(intervalRanks(5, 0.5)).toEqual({ low: null, high: null });
    expect(intervalRanks(100, 0.99)).toEqual({ low: 97, high: null });
    expect(intervalRanks(1_000, 0.99).high).not.toBeNull();
  });

  it('cover the true quantile at least 95 % of the time, as the binomial distribution counts it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.constantFrom(0.5, 0.95, 0.99), (count, share) => {
        const { low, high } = intervalRanks(count, share);
        const below = low === null ? 0 : upTo(low - 1, count, share);
        const above = high === null ? 0 : 1 - upTo(high - 1, count, share);
        expect(below).toBeLessThanOrEqual(0.025);
        expect(above).toBeLessThanOrEqual(0.025);
        // Narrowest: one rank further in would miss on that side.
        if (low !== null) expect(upTo(low, count, share)).toBeGreaterThan(0.025);
      }),
      { seed: 7 },
    );
  });
});

describe('shareEstimate', () => {
  it('is the Wilson interval', () => {
    // Wilson (1927) as tabulated by Newcombe (1998), Statistics in Medicine 17:857–872, table I.
    const example = shareEstimate(81, 263)!;
    expect(example.low).toBeCloseTo(0.2553, 4);
    expect(example.high).toBeCloseTo(0.3662, 4);
    const few = shareEstimate(1, 29)!;
    expect(few.low).toBeCloseTo(0.0061, 4);
    expect(few.high).toBeCloseTo(0.1718, 4);
  });

  it('is one-sided at the ends and unknown of nothing', () => {
    expect(shareEstimate(0, 20)).toMatchObject({ value: 0, low: 0 });
    expect(shareEstimate(0, 20)!.high).toBeCloseTo(0.1611, 4);
    expect(shareEstimate(20, 20)).toMatchObject({ value: 1, high: 1 });
    expect(shareEstimate(0, 0)).toBeNull();
  });
});
