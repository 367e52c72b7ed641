import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuantileSketch } from './quantile-sketch.ts';
import { ascending, quantileEstimate } from './quantiles.ts';

const values = fc.array(
  fc.oneof(fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }), fc.constant(Number.POSITIVE_INFINITY)),
  { minLength: 1, maxLength: 300 },
);

const sketchOf = (numbers: readonly number[]): QuantileSketch => {
  const sketch = new QuantileSketch();
  for (const value of numbers) sketch.add(value);
  return sketch;
};

/** Equal to within the width of a bucket. */
function expectNear(found: number | null, wanted: number | null): void {
  if (wanted === null || found === null || !Number.isFinite(wanted)) expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(Math.abs(wanted) / 2_048);
}

describe('a sketch of quantiles', () => {
  it('agrees with all values in order, interval and all', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9, 0.95, 0.99), (numbers, share) => {
        const exact = quantileEstimate(ascending(numbers), share);
        const found = sketchOf(numbers).estimate(share);
        expectNear(found?.value ?? Number.NaN, exact.value);
        expectNear(found?.low ?? null, exact.low);
        expectNear(found?.high ?? null, exact.high);
      }),
      { seed: 7 },
    );
  });

  it('takes a column as it takes its values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 60 }), (numbers) => {
        const sketch = new QuantileSketch();
        sketch.addAll(Float64Array.from(numbers));
        expect(sketch.count).toBe(numbers.length);
        expect([...sketch.steps()]).toEqual([...sketchOf(numbers).steps()]);
      }),
      { seed: 7 },
    );
  });

  it('does not show the order in which values came', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        expect([...sketchOf(numbers).steps()]).toEqual([...sketchOf([...numbers].reverse()).steps()]);
      }),
      { seed: 7 },
    );
  });

  it('is exact for small whole numbers', () => {
    const sketch = sketchOf([3, 1, 2, 2, 2_000, Number.POSITIVE_INFINITY, -4]);
    expect([...sketch.steps()]).toEqual([
      { value: -4, upTo: 1 },
      { value: 1, upTo: 2 },
      { value: 2, upTo: 4 },
      { value: 3, upTo: 5 },
      { value: 2_000, upTo: 6 },
      { value: Number.POSITIVE_INFINITY, upTo: 7 },
    ]);
  });

  it('refuses what has no place, and has no quantile of nothing', () => {
    expect(() => new QuantileSketch().add(Number.NaN)).toThrow(RangeError);
    expect(new QuantileSketch().estimate(0.5)).toBeNull();
    expect(() => new QuantileSketch().ranked(1)).toThrow('no rank 1 among 0 values');
  });
});
