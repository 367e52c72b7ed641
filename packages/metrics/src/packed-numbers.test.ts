import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedNumbers } from './packed-numbers.ts';

/** On both sides of where a width ends. */
const ends = [7, 15, 31, 32, 53].flatMap((bits) => [-1, 0, 1].map((more) => 2 ** bits + more));
const value = fc.oneof(
  fc.constantFrom(...ends, ...ends.map((end) => -end), 0, -0, 0.5, -1e300),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.integer({ min: -300, max: 300 }),
  fc.integer(),
);

const packedOf = (numbers: Iterable<number>): PackedNumbers => {
  const packed = new PackedNumbers();
  for (const number of numbers) packed.add(number, 1);
  return packed;
};

const allOf = (packed: PackedNumbers): readonly number[] =>
  Array.from({ length: packed.length }, (_, place) => packed.sorted(place));

describe('packed numbers', () => {
  it('are those that were added, in order, whenever they are asked for', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (first, more) => {
        const packed = packedOf(first);
        expect(allOf(packed)).toEqual([...Float64Array.from(first).sort()]);
        for (const number of more) packed.add(number, 1);
        expect(allOf(packed)).toEqual([...Float64Array.from([...first, ...more]).sort()]);
        expect(packed.sorted(packed.length)).toBeNaN();
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('are counted where they are equal', () => {
    const packed = packedOf([3, Number.POSITIVE_INFINITY, 3, -70_000]);
    packed.add(4, 3);
    packed.add(Number.POSITIVE_INFINITY, 2);
    expect([...packed.ascending()]).toEqual([
      [-70_000, 1],
      [3, 2],
      [4, 3],
      [Number.POSITIVE_INFINITY, 3],
    ]);
  });

  it.each([
    ['counts', (n: number) => n % 100, 1],
    ['large counts', (n: number) => (n % 10 === 0 ? Number.POSITIVE_INFINITY : n), 2],
    ['microseconds of up to half an hour', (n: number) => -1_700_000_000 + n, 4],
    ['longer ones', (n: number) => 3_000_000_000 + n, 8],
    ['fractions', (n: number) => n + 0.5, 8],
  ])('take few bytes each: %s', (_, numberOf, bytes) => {
    const packed = packedOf(Array.from({ length: 4_096 }, (_, n) => numberOf(n)));
    expect(packed.bytes).toBe(4_096 * bytes);
  });
});
