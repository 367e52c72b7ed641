import { describe, expect, it } from 'vitest';
import { ecdf } from './ecdf.ts';

describe('ecdf', () => {
  it('steps at each value once, by its share', () => {
    expect(ecdf([3, 1, 3, 2]).map(({ value, share }) => [value, share])).toEqual([
      [1, 0.25],
      [2, 0.5],
      [3, 1],
    ]);
  });

  it('stays below 1 when some never end', () => {
    const points = ecdf([5, Number.POSITIVE_INFINITY, 7, Number.POSITIVE_INFINITY]);
    expect(points.map(({ value, share }) => [value, share])).toEqual([
      [5, 0.25],
      [7, 0.5],
    ]);
    expect(ecdf([Number.POSITIVE_INFINITY])).toEqual([]);
  });

  it('has the band of Dvoretzky, Kiefer and Wolfowitz, cut at 0 and 1', () => {
    const margin = Math.sqrt(Math.log(40) / 200);
    const points = ecdf(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(points[49]?.low).toBeCloseTo(0.5 - margin, 12);
    expect(points[49]?.high).toBeCloseTo(0.5 + margin, 12);
    expect([points[0]?.low, points[99]?.high]).toEqual([0, 1]);
  });

  it('keeps both ends when it is thinned', () => {
    const points = ecdf(
      Array.from({ length: 1_000 }, (_, index) => index),
      5,
    );
    expect(points.map(({ value }) => value)).toEqual([0, 250, 500, 749, 999]);
  });
});
