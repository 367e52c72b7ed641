import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuantileSketch } from './quantile-sketch.ts';
import { ascending, type Estimate, intervalRanks, quantile } from './quantiles.ts';

const value = fc.oneof(
  fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }),
  fc.constant(Number.POSITIVE_INFINITY),
  fc.constant(Number.NEGATIVE_INFINITY),
);
const few = fc.array(value, { minLength: 1, maxLength: 300 });
const many = fc.array(value, { minLength: 4_500, maxLength: 5_000 });
const share = fc.constantFrom(0.5, 0.9, 0.95, 0.99);

const sketchOf = (numbers: readonly number[]): QuantileSketch => {
  const sketch = new QuantileSketch();
  for (const value of numbers) sketch.add(value);
  return sketch;
};

/** The same of all values in order. */
function inOrder(numbers: readonly number[], share: number): Estimate {
  const sorted = ascending(numbers);
  const { low, high } = intervalRanks(sorted.length, share);
  const at = (rank: number | null): number | null => (rank === null ? null : (sorted[rank - 1] as number));
  return { value: quantile(sorted, share), low: at(low), high: at(high) };
}

/** Equal to within half the width of a bucket. */
function expectNear(found: number | null, wanted: number | null): void {
  if (wanted === null || found === null || !Number.isFinite(wanted)) expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(Math.abs(wanted) / 4_096);
}

describe('a sketch of quantiles', () => {
  it('of few values is exact, interval and all', () => {
    fc.assert(
      fc.property(few, share, (numbers, share) => {
        expect(sketchOf(numbers).estimate(share)).toEqual(inOrder(numbers, share));
      }),
      { seed: 7 },
    );
  });

  it('is exact up to 4,096 values', () => {
    const numbers = Array.from({ length: 4_096 }, (_, n) => 1e9 + n);
    const sketch = sketchOf(numbers);
    expect(sketch.estimate(0.95)).toEqual(inOrder(numbers, 0.95));
    expect([...sketch.steps()].length).toBe(4_096);
    sketch.add(1);
    expect([...sketch.steps()].length).toBeLessThan(10);
  });

  it('of many values is near them', () => {
    fc.assert(
      fc.property(many, share, (numbers, share) => {
        const exact = inOrder(numbers, share);
        const found = sketchOf(numbers).estimate(share);
        expectNear(found?.value ?? Number.NaN, exact.value);
        expectNear(found?.low ?? null, exact.low);
        expectNear(found?.high ?? null, exact.high);
      }),
      { seed: 7, numRuns: 20 },
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
      fc.property(fc.oneof(few, many), (numbers) => {
        expect([...sketchOf(numbers).steps()]).toEqual([...sketchOf([...numbers].reverse()).steps()]);
      }),
      { seed: 7, numRuns: 30 },
    );
  });

  it('is exact for small whole numbers, however many there are', () => {
    const numbers = Array.from({ length: 4_096 }, (_, n) => n);
    const sketch = sketchOf([...numbers, ...numbers, Number.POSITIVE_INFINITY, -4]);
    expect([...sketch.steps()]).toEqual([
      { value: -4, upTo: 1 },
      ...numbers.map((value) => ({ value, upTo: 2 * value + 3 })),
      { value: Number.POSITIVE_INFINITY, upTo: 8_194 },
    ]);
  });

  it('takes a bounded number of bytes, however many values there are', () => {
    const sketch = new QuantileSketch();
    // Differences of up to an hour to both sides, in an order that leaves nothing out: the widest spread there is.
    const differences = Float64Array.from({ length: 500_000 }, (_, n) => ((n * 7_919) % 500_009) * 14_400 - 3_600e6);
    sketch.addAll(differences.subarray(0, 4_096));
    expect(sketch.bytes).toBeLessThanOrEqual(8 * 4_096);
    sketch.addAll(differences.subarray(4_096));
    const first = sketch.bytes;
    expect(first).toBeLessThan(120_000);
    sketch.addAll(differences);
    expect(sketch.bytes).toBeLessThan(1.2 * first);
  });

  it('refuses what has no place, and has no quantile of nothing', () => {
    expect(() => new QuantileSketch().add(Number.NaN)).toThrow(RangeError);
    expect(new QuantileSketch().estimate(0.5)).toBeNull();
    expect(() => new QuantileSketch().ranked(1)).toThrow('no rank 1 among 0 values');
  });
});
