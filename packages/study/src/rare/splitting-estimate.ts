import type { RareEstimate } from '@faultline/metrics';
import { studentQuantile } from './rare-estimate.ts';

/**
 * Share of the repetitions that have to reach the event. One in which it dies out on the way is a sign that the others
 * hang on few trials each: their mean is then mostly too low, and their spread too small to tell.
 */
const REACHING_SHARE = 0.9;

/** A standard error beyond this share of the estimate bears no interval either. */
const RELATIVE_ERROR_MAX = 0.5;

/** What independent repetitions of splitting say together. */
export interface SplittingOutcome {
  readonly estimate: RareEstimate | null;
  readonly refused: string | null;
}

/**
 * The mean of unbiased estimates that do not depend on each other, with the error that their own spread tells. The interval
 * is symmetric on a logarithmic scale, with Student's quantile for as many repetitions.
 *
 * @param estimates One for each repetition, 0 where none of its trials reached the event.
 * @param hits Trials that reached the event, over all of them.
 */
export function splittingOutcome(estimates: readonly number[], hits: number): SplittingOutcome {
  const reaching = estimates.filter((value) => value > 0).length;
  const needed = Math.ceil(REACHING_SHARE * estimates.length);
  if (reaching < needed) {
    const refused = `${reaching} of ${estimates.length} repetitions saw the event (at least ${needed} are needed)`;
    return { estimate: null, refused };
  }
  const value = estimates.reduce((sum, one) => sum + one, 0) / estimates.length;
  const squares = estimates.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const relativeError = Math.sqrt(squares / (estimates.length - 1) / estimates.length) / value;
  if (relativeError > RELATIVE_ERROR_MAX) {
    return { estimate: null, refused: `the repetitions differ by ±${Math.round(100 * relativeError)}% of their mean` };
  }
  const spread = Math.exp(studentQuantile(estimates.length - 1) * relativeError);
  const worth = relativeError === 0 ? hits : 1 / relativeError ** 2;
  const estimate = {
    probability: { value, low: value / spread, high: Math.min(1, value * spread) },
    relativeError,
    hits,
    effectiveHits: worth,
    plainTrials: ((1 - value) / value) * worth,
  };
  return { estimate, refused: null };
}
