import { ascending } from './quantiles.ts';

/** One step of an empirical distribution function. */
export interface EcdfPoint {
  readonly value: number;
  /** Share of all values that are at most `value`. */
  readonly share: number;
  /** The band in which the true function lies, at every value at once, with the confidence asked for. */
  readonly low: number;
  readonly high: number;
}

/** Chance that the band misses the true function somewhere. */
const ALPHA = 0.05;

/**
 * The share of values up to each value, with a 95 % confidence band, thinned to at most `pointsMax` (from 2) steps.
 *
 * The band is that of Dvoretzky, Kiefer and Wolfowitz with Massart's constant, sqrt(ln(2/alpha) / 2n) to both sides
 * (P. Massart, The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality, Annals of Probability 18, 1990): it
 * holds for every sample size and any distribution. Infinity stands for never: it counts, but has no point, so the
 * curve ends below 1. Throws a RangeError for NaN.
 */
export function ecdf(values: ArrayLike<number>, pointsMax = 200): readonly EcdfPoint[] {
  const sorted = ascending(Array.from(values));
  const of = sorted.length;
  const margin = Math.sqrt(Math.log(2 / ALPHA) / (2 * of));
  const steps: EcdfPoint[] = [];
  for (let index = 0; index < of; index++) {
    const value = sorted[index] as number;
    if (value === Number.POSITIVE_INFINITY) break;
    if (sorted[index + 1] === value) continue;
    const share = (index + 1) / of;
    steps.push({ value, share, low: Math.max(0, share - margin), high: Math.min(1, share + margin) });
  }
  return thinned(steps, pointsMax);
}

/** Some of the steps, evenly chosen, the first and the last among them. */
function thinned(steps: readonly EcdfPoint[], pointsMax: number): readonly EcdfPoint[] {
  if (steps.length <= pointsMax) return steps;
  const last = steps.length - 1;
  return Array.from(
    { length: pointsMax },
    (_, place) => steps[Math.round((place * last) / (pointsMax - 1))] as EcdfPoint,
  );
}
