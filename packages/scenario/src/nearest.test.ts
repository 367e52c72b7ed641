import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['standby', 'standy', 1],
    ['kitten', 'sitting', 3],
    ['flaw', 'lawn', 2],
    ['', 'abc', 3],
  ])('from %j to %j is %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  test('is a metric', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
      { seed: 7 },
    );
  });
});

describe('nearest', () => {
  test('takes the first of equals, and does not mind the case', () => {
    expect(nearest('b', ['a', 'c'])).toBe('a');
    expect(nearest('HORIZON', ['seed', 'horizon'])).toBe('horizon');
    expect(nearest('a', [])).toBeUndefined();
  });
});

describe('what was probably meant', () => {
  test.each([
    ['standy', ['primary', 'standby'], 'standby'],
    ['HOST', ['az-outage', 'host-failure'], 'host-failure'],
    ['teir', ['iops', 'tier'], 'tier'],
    ['us-east-1', ['use1-az1', 'euw1-az1'], undefined],
    ['rain', ['process-crash', 'link-cut'], undefined],
  ])('%j among %j is %j', (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });
});
