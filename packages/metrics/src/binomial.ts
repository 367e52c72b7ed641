/**
 * The exact cumulative probabilities of a binomial distribution: element k is P(B <= k) for B of `trials`
 * tries that each succeed with `probability` (0 to 1).
 *
 * Weights are built outward from the mode, where they are greatest, so that none under- or overflows.
 */
export function binomialCumulative(trials: number, probability: number): Float64Array {
  const cumulative = new Float64Array(trials + 1);
  if (probability <= 0 || probability >= 1) {
    for (let k = 0; k <= trials; k++) cumulative[k] = probability <= 0 || k === trials ? 1 : 0;
    return cumulative;
  }
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  cumulative[mode] = 1;
  for (let k = mode; k < trials; k++) cumulative[k + 1] = (cumulative[k] as number) * ((trials - k) / (k + 1)) * odds;
  for (let k = mode; k > 0; k--) cumulative[k - 1] = ((cumulative[k] as number) * (k / (trials - k + 1))) / odds;
  let sum = 0;
  for (let k = 0; k <= trials; k++) {
    sum += cumulative[k] as number;
    cumulative[k] = sum;
  }
  for (let k = 0; k <= trials; k++) cumulative[k] = (cumulative[k] as number) / sum;
  return cumulative;
}
