/** Beyond so many standard deviations from the mode there is less than any double can tell from nothing. */
const DEVIATIONS = 12;
/** Added to the window: the standard deviation says little of the tails of a skewed or small distribution. */
const MARGIN = 100;

/** Part of a binomial distribution: `cumulative[i]` is P(B <= from + i). Below it all is 0, above it all is 1. */
export interface BinomialWindow {
  readonly from: number;
  readonly cumulative: Float64Array;
}

/**
 * The cumulative probabilities of a binomial distribution, for B of `trials` tries that each succeed with
 * `probability` (0 to 1), wherever they differ from 0 and 1: a hundred million tries need a window of some ten
 * thousands.
 *
 * Weights are built outward from the mode, where they are greatest, so that none under- or overflows.
 */
export function binomialWindow(trials: number, probability: number): BinomialWindow {
  if (probability <= 0) return { from: 0, cumulative: Float64Array.of(1) };
  if (probability >= 1) return { from: trials, cumulative: Float64Array.of(1) };
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const reach = Math.ceil(DEVIATIONS * Math.sqrt(trials * probability * (1 - probability))) + MARGIN;
  const from = Math.max(0, mode - reach);
  const to = Math.min(trials, mode + reach);
  const cumulative = new Float64Array(to - from + 1);
  const at = (k: number): number => cumulative[k - from] as number;
  cumulative[mode - from] = 1;
  for (let k = mode; k < to; k++) cumulative[k + 1 - from] = at(k) * ((trials - k) / (k + 1)) * odds;
  for (let k = mode; k > from; k--) cumulative[k - 1 - from] = (at(k) * (k / (trials - k + 1))) / odds;
  let sum = 0;
  for (let index = 0; index < cumulative.length; index++) {
    sum += cumulative[index] as number;
    cumulative[index] = sum;
  }
  for (let index = 0; index < cumulative.length; index++) cumulative[index] = (cumulative[index] as number) / sum;
  return { from, cumulative };
}
