import { QuantileSketch } from '@faultline/metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement, bandOf, missOf } from './band.ts';

const NEVER = Number.POSITIVE_INFINITY;

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('the band of a prediction', () => {
  it('leaves five trials of a hundred below and five above', () => {
    expect(bandOf(sketchOf(hundred), 1)).toEqual({ p5: 5, p50: 50, p95: 95 });
    expect(bandOf(sketchOf([7_000]), 1_000)).toEqual({ p5: 7, p50: 7, p95: 7 });
  });

  it('takes what never happened for longer than everything', () => {
    expect(bandOf(sketchOf([NEVER, 1, NEVER, 2, 3]), 1)).toEqual({ p5: 1, p50: 3, p95: NEVER });
  });

  it('ascends, and holds at least nine values of ten', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (values) => {
          const band = bandOf(sketchOf(values), 1);
          expect(band.p5 <= band.p50 && band.p50 <= band.p95).toBe(true);
          const { inside, near, of } = agreement({ values }, band);
          expect(inside).toBeGreaterThanOrEqual(Math.floor(0.9 * of));
          expect(inside + near).toBeLessThanOrEqual(of);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('a measured value', () => {
  const band = { p5: 8, p50: 10, p95: 11 };

  it.each([
    [{ values: [8, 11] }, { inside: 2, near: 0, of: 2 }],
    [{ values: [7.5, 7.4, 12.5, 12.6] }, { inside: 0, near: 2, of: 4 }],
    [
      { from: 0, to: 10 },
      { inside: 1, near: 0, of: 1 },
    ],
    [
      { from: 12, to: 20 },
      { inside: 0, near: 1, of: 1 },
    ],
    [
      { from: 13, to: 20 },
      { inside: 0, near: 0, of: 1 },
    ],
  ])('%j agrees with 8, 10, 11 as %j', (measured, expected) => {
    expect(agreement(measured, band)).toEqual(expected);
  });

  it.each([
    [{ values: [9] }, null],
    [{ values: [4] }, 'measured 50% below p5'],
    [{ values: [3] }, 'measured 0.38 times p5'],
    [{ values: [12.1] }, 'measured 10% above p95'],
    [{ values: [33] }, 'measured 3 times p95'],
    [{ values: [1, 9, 20, 30] }, '1 below p5, 2 above p95 of 4'],
    [{ from: 0, to: 9 }, 'predicted median above 9'],
    [{ from: 11, to: 12 }, 'predicted median below 11'],
  ])('%j misses 8, 10, 11 as %j', (measured, words) => {
    expect(missOf(measured, band)).toBe(words);
  });

  it('beyond an end at zero is told without a ratio', () => {
    expect(missOf({ values: [1] }, { p5: 0, p50: 0, p95: 0 })).toBe('measured above p95');
  });
});
