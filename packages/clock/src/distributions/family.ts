import type { RandomStream } from '../random.ts';
import type { Distribution } from './distribution.ts';

/**
 * A distribution with its parameters checked and its constants worked out. Values are microseconds and real
 * numbers; rounding to the clock's grain happens once, at the draw.
 */
export interface Law {
  /** Smallest value that is not exceeded with probability `p` (0 to 1); infinity where the tail has no end. */
  quantile(p: number): number;
  /** Probability of at most `us`. */
  cdf(us: number): number;
  readonly mean: number;
  /** The value for one uniform number in [0, 1). Absent where it is the quantile, as in all families but one. */
  readonly draw?: (uniform: number) => number;
  /**
   * The draw from a stream, for a family that is drawn from with every arrival: a function of its own, which V8 takes into
   * whoever draws, as it cannot take one of several.
   */
  readonly sample?: (random: RandomStream) => number;
}

/** What has to be known of one kind of distribution. Those made of others get the means to treat them. */
export interface Family<D extends Distribution> {
  /** @throws DistributionError naming a parameter that is out of range. */
  compile(distribution: D, compileOther: (other: Distribution) => Law): Law;
  /** As a person would write it, exact to the microsecond. */
  describe(distribution: D, describeOther: (other: Distribution) => string): string;
  /** The same shape, `factor` times as long. */
  scale(distribution: D, factor: number, scaleOther: (other: Distribution) => Distribution): D;
}
