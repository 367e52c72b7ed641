import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocks, blocksOf } from './blocks.ts';

it('blocks hold every trial once, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.nat(30_000),
      fc.integer({ min: 1, max: 99 }),
      fc.nat(900),
      (first, more, least, wider) => {
        let next = first;
        for (const { from, to } of blocksOf(first, first + more, { least, most: least + wider })) {
          expect(from).toBe(next);
          expect(to - from).toBeLessThan(least + wider);
          next = to + 1;
        }
        expect(next).toBe(first + more + 1);
      },
    ),
    { seed: 7, numRuns: 50 },
  );
});

it('more trials have the same blocks, but for the last one', () => {
  const few = blocks(30_000);
  expect(blocks(70_000).slice(0, few.length - 1)).toEqual(few.slice(0, -1));
});

it('many trials have few blocks, and the last is a small share of them', () => {
  expect(blocks(50)).toEqual([
    { from: 1, to: 25 },
    { from: 26, to: 50 },
  ]);
  expect(blocks(1_000_000).length).toBeLessThan(1_300);
  for (const trials of [800, 5_000, 40_000, 1_000_000]) {
    const sizes = blocks(trials).map(({ from, to }) => to - from + 1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(trials / 32);
  }
});
