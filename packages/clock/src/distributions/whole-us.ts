import { DAY_US } from '../durations.ts';

/**
 * No draw is longer than a century. A wide lognormal has one chance in 10^15 of more than the clock can hold;
 * whoever waits a hundred years in a simulation waits to its end in any case.
 */
export const LONGEST_DRAW_US = 36_525 * DAY_US;

/** 2^31 - 1: below it, what is rounded is a 32-bit integer. */
const INTEGER_MAX = 0x7fff_ffff;

/**
 * Rounds to the clock's grain, halves up: the one place where a draw becomes whole microseconds. Takes 0 or more.
 *
 * Up to 35 minutes it is made a 32-bit integer, which V8 11.3 hands on so much faster than what `Math.round` returns that
 * most draws take half the time.
 */
export const wholeUs = (us: number): number =>
  us < INTEGER_MAX ? (us + 0.5) | 0 : Math.round(Math.min(us, LONGEST_DRAW_US));
