import { binomialWindow, type Estimate } from '@faultline/metrics';

/** Bisections: a share to nine digits. */
const HALVINGS = 30;

/**
 * A share of trials with exact one-sided bounds (Clopper and Pearson, Biometrika 26, 1934): the true share is below
 * `low`, or above `high`, with a chance of at most `error` each.
 */
export function shareBounds(count: number, trials: number, error: number): Estimate {
  const value = count / trials;
  // P(B >= count) grows with the share, P(B <= count) falls.
  const low = count === 0 ? 0 : bisect(0, value, (share) => 1 - below(trials, share, count - 1) <= error);
  const high = count === trials ? 1 : bisect(value, 1, (share) => below(trials, share, count) > error);
  return { value, low, high };
}

/** P(B <= count). */
function below(trials: number, share: number, count: number): number {
  const { from, cumulative } = binomialWindow(trials, share);
  return count < from ? 0 : (cumulative[count - from] ?? 1);
}

/** The greatest share for which `holds` does; it holds up to some share and not beyond. */
function bisect(from: number, to: number, holds: (share: number) => boolean): number {
  let low = from;
  let high = to;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
