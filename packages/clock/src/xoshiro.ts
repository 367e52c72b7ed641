import type { Words } from './murmur-hash.ts';

const TWO_TO_26 = 0x400_0000;
const TWO_TO_MINUS_53 = 1.1102230246251565e-16;

/**
 * The next number of the generator xoshiro128** 1.1 (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number
 * generators", ACM Transactions on Mathematical Software 47, 2021), as a signed 32-bit integer: 128 bits of state,
 * which are moved on in place, a period of 2^128 - 1, and only shifts, sums and products of 32-bit integers, which leave
 * nothing on the heap.
 *
 * The state has to be well mixed, as a hash is: from few bits set, the generator takes some steps to get to many. Of
 * zeros alone it makes nothing but zeros; see `startOf`.
 */
export function nextWord(state: Words): number {
  const { second } = state;
  const third = state.third ^ state.first;
  const fourth = state.fourth ^ second;
  state.second = second ^ third;
  state.first ^= fourth;
  state.third = third ^ (second << 9);
  state.fourth = rotate(fourth, 11);
  return Math.imul(rotate(Math.imul(second, 5), 7), 9);
}

/** Uniform in [0, 1), with 53 random bits: the upper 27 of one number and the upper 26 of the next. */
export function nextUniform(state: Words): number {
  const high = nextWord(state) >>> 5;
  const low = nextWord(state) >>> 6;
  return (high * TWO_TO_26 + low) * TWO_TO_MINUS_53;
}

/** These words as a state to start from; another one for the only state that the generator never leaves. */
export function startOf(words: Words): Words {
  const { first, second, third, fourth } = words;
  return (first | second | third | fourth) === 0 ? { first: 1, second: 1, third: 1, fourth: 1 } : words;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
