import { DAY_US } from '../durations.ts';
import type { RandomStream } from '../random.ts';
import type { Distribution } from './distribution.ts';
import { compile } from './families.ts';

/** Draws a duration: whole microseconds from 0 to a century, from exactly one number of the stream. */
export type Sampler = (random: RandomStream) => number;

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

/**
 * Compiles a distribution for many draws.
 *
 * A draw takes exactly one uniform number and grows with it (in a mixture: within each part), so that two
 * deployments that share a stream see the same luck, and stay aligned however their parameters differ.
 *
 * @throws DistributionError naming a parameter that is out of range.
 */
export function sampler(distribution: Distribution): Sampler {
  const law = compile(distribution);
  const draw = law.draw ?? law.quantile;
  return (random) => wholeUs(draw(random()));
}
