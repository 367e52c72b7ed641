import { describe, expect, it } from 'vitest';
import type { Words } from './murmur-hash.ts';
import { nextUniform, nextWord, startOf } from './xoshiro.ts';

const take = (count: number, state: Words): number[] => Array.from({ length: count }, () => nextWord(state) >>> 0);

describe('nextWord', () => {
  it('gives the numbers of the reference implementation', () => {
    // Blackman and Vigna's xoshiro128starstar.c, as the tests of Rust's rand_xoshiro 0.7 hold them.
    expect(take(10, { first: 1, second: 2, third: 3, fourth: 4 })).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe('nextUniform', () => {
  it('joins two numbers to one of 53 bits', () => {
    const words = { first: 0x12345678, second: -5, third: 77, fourth: 0x7fffffff };
    const uniforms = { ...words };
    for (let draw = 0; draw < 1_000; draw++) {
      const [high, low] = take(2, words).map(BigInt) as [bigint, bigint];
      expect(nextUniform(uniforms) * 2 ** 53).toBe(Number(((high >> 5n) << 26n) | (low >> 6n)));
    }
  });
});

describe('startOf', () => {
  it('replaces the state that is never left', () => {
    const zeros = { first: 0, second: 0, third: 0, fourth: 0 };
    expect(new Set(take(20, startOf(zeros))).size).toBeGreaterThan(10);
  });

  it('keeps all others', () => {
    const words = { first: 0, second: 0, third: 1, fourth: 0 };
    expect(startOf(words)).toBe(words);
  });
});
