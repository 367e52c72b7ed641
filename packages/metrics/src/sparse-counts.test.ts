import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SparseCounts } from './sparse-counts.ts';

const at = fc.oneof(fc.integer({ min: -600, max: 600 }), fc.integer({ min: -(2 ** 22), max: 2 ** 22 }));
const times = fc.oneof(
  fc.integer({ min: 1, max: 3 }),
  fc.constantFrom(100, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32),
);

describe('sparse counts', () => {
  it('are those of a map', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(at, times), { minLength: 1, maxLength: 200 }), (added) => {
        const counts = new SparseCounts();
        const known = new Map<number, number>();
        for (const [at, times] of added) {
          counts.add(at, times);
          known.set(at, (known.get(at) ?? 0) + times);
        }
        const wanted = [...known].sort(([a], [b]) => a - b);
        expect([...counts.ascending()]).toEqual(wanted);
        let upTo = 0;
        for (const [at, times] of wanted) {
          expect(counts.ranked(upTo + 1)).toBe(at);
          upTo += times;
          expect(counts.ranked(upTo)).toBe(at);
        }
        expect(counts.ranked(upTo + 1)).toBeNaN();
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('take a byte each while they are small, and more only on the pages of greater ones', () => {
    const counts = new SparseCounts();
    for (let at = 0; at < 100 * 256; at++) counts.add(at, 200);
    const small = counts.bytes;
    expect(small).toBeLessThanOrEqual(1.26 * 100 * 256);
    counts.add(0, 60_000);
    expect(counts.bytes - small).toBe(2 * 2 * 256);
  });

  it('use again what a page has left behind', () => {
    const counts = new SparseCounts();
    for (let at = 0; at < 5 * 256; at++) counts.add(at, 1);
    const { bytes } = counts;
    counts.add(0, 300);
    for (let at = 5 * 256; at < 6 * 256; at++) counts.add(at, 1);
    expect(counts.bytes - bytes).toBe(2 * 2 * 256);
    expect([...counts.ascending()].map(([, times]) => times)).toEqual([301, ...Array(6 * 256 - 1).fill(1)]);
  });
});
