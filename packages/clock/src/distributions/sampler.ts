import type { RandomStream } from '../random.ts';
import type { Distribution } from './distribution.ts';
import { compile } from './families.ts';
import { wholeUs } from './whole-us.ts';

/** Draws a duration: whole microseconds from 0 to a century, from exactly one number of the stream. */
export type Sampler = (random: RandomStream) => number;

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
  if (law.sample !== undefined) return law.sample;
  const draw = law.draw ?? law.quantile;
  return (random) => wholeUs(draw(random()));
}
