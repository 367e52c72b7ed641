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

/** Rounds to the clock's grain: the one place where a draw becomes whole microseconds. */
export const wholeUs = (us: number): number => Math.round(Math.min(us, LONGEST_DRAW_US));

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
