import { binomialWindow } from './binomial.ts';

/** Half of what may lie outside a 95 % interval. */
const TAIL = 0.025;

/** An estimate with a 95 % confidence interval. A bound is null when there are too few samples to give it. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The values in ascending order. Infinity stands for never and sorts last; NaN is refused with a RangeError,
 * because it has no place in any order.
 */
export function ascending(values: Iterable<number>): Float64Array {
  const sorted = Float64Array.from(values);
  for (const value of sorted) if (Number.isNaN(value)) throw new RangeError('NaN has no place among ordered values');
  return sorted.sort();
}

/**
 * The smallest value that at least the given share (over 0, up to 1) of all values does not exceed. `sorted` ascends and has
 * at least one value, else a RangeError. Always one of the values, so never between a duration and Infinity.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError('no quantile of no values');
  if (!(share > 0 && share <= 1)) throw new RangeError(`a quantile's share is over 0 and at most 1, found ${share}`);
  return sorted[rankOf(sorted.length, share) - 1] as number;
}

/**
 * Ranks, from 1, of the order statistics that bound a quantile with 95 % confidence; null where the sample is too small.
 * They assume nothing of the distribution: the number of samples below the true quantile is binomial, so two order
 * statistics bound it (Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2). The interval is exact: it
 * covers at least 95 %.
 */
export function intervalRanks(
  count: number,
  share: number,
): { readonly low: number | null; readonly high: number | null } {
  const known = rankCache.get(share);
  if (known?.count === count) return known.ranks;
  const { from, cumulative } = binomialWindow(count, share);
  const upTo = (k: number): number => (k < from ? 0 : (cumulative[k - from] ?? 1));
  // Low: the greatest rank r with P(B <= r - 1) <= 2.5 %. High: the least rank r with P(B >= r) <= 2.5 %.
  let low = from;
  while (low < count && upTo(low) <= TAIL) low++;
  let high = Math.min(count + 1, from + cumulative.length + 1);
  while (high > 1 && 1 - upTo(high - 2) <= TAIL) high--;
  const ranks = { low: low === 0 ? null : low, high: high > count ? null : high };
  rankCache.set(share, { count, ranks });
  return ranks;
}

// A comparison asks the same question for every kind and measure; working it out again changes nothing.
const rankCache = new Map<number, { readonly count: number; readonly ranks: ReturnType<typeof intervalRanks> }>();

/** The rank, from 1, of a quantile among `count` values. */
export function rankOf(count: number, share: number): number {
  // The share of a count is often a whole number up to rounding: 0.95 * 20 is 19, not 19.000000000000004.
  return Math.max(1, Math.ceil(share * count - 1e-9));
}

/** Quantile of the standard normal distribution for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** A share of `total` with its 95 % Wilson score interval (Wilson 1927), which holds near 0 and 1 too. Null of none. */
export function shareEstimate(count: number, total: number): Estimate | null {
  if (total === 0) return null;
  const share = count / total;
  const denominator = 1 + (Z * Z) / total;
  const centre = (share + (Z * Z) / (2 * total)) / denominator;
  const margin = (Z / denominator) * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
  return {
    value: share,
    low: count === 0 ? 0 : Math.max(0, centre - margin),
    high: count === total ? 1 : Math.min(1, centre + margin),
  };
}
