import { parseDuration } from '../durations.ts';
import type { GammaDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { logGamma, regularizedGamma } from './gamma-function.ts';
import { normalQuantile } from './normal.ts';
import { checkPositive, checkShape, durationText } from './parameter.ts';

const PRECISION = 1e-13;
const STEPS_MAX = 200;

/** `gamma({ shape: 4, mean: '2s' })`: four exponential stages of half a second each. */
export function gamma({ shape, mean }: { readonly shape: number; readonly mean: string }): GammaDistribution {
  return { kind: 'gamma', shape, meanUs: parseDuration(mean) };
}

/**
 * There is no closed form for the quantile, so it is solved for. The usual generators (Marsaglia and Tsang's
 * among them) reject some of their candidates and so use now two random numbers, now four: a draw would no
 * longer move with its uniform, and paired deployments would drift apart. Solving takes about a microsecond;
 * tabulate the distribution where that is too long.
 */
export const gammaFamily: Family<GammaDistribution> = {
  compile({ shape, meanUs }) {
    checkShape('gamma shape', shape);
    checkPositive('gamma meanUs', meanUs);
    const scaleUs = meanUs / shape;
    const solve = quantileSolver(shape);
    return {
      quantile: (p) => scaleUs * solve(p),
      cdf: (us) => regularizedGamma(shape, us / scaleUs).lower,
      mean: meanUs,
    };
  },
  describe: ({ shape, meanUs }) => `gamma(shape ${shape}, mean ${durationText(meanUs)})`,
  scale: ({ kind, shape, meanUs }, factor) => ({ kind, shape, meanUs: meanUs * factor }),
};

/**
 * Solves P(shape, x) = p for x by Newton's method on log x, where the curve is close to a straight line at
 * both ends. Each step narrows a bracket, and a step that would leave the bracket halves it instead.
 */
function quantileSolver(shape: number): (p: number) => number {
  const logGammaOfShape = logGamma(shape);
  return (p) => {
    if (p <= 0) return 0;
    if (p >= 1) return Number.POSITIVE_INFINITY;
    let logX = firstGuess(shape, logGammaOfShape, p);
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    for (let step = 0; step < STEPS_MAX; step++) {
      const x = Math.exp(logX);
      // Below 1e-300 nothing is left of a microsecond, however long the mean.
      if (x < 1e-300) return 0;
      const { lower, upper } = regularizedGamma(shape, x);
      const error = p < 0.5 ? lower - p : 1 - p - upper;
      if (error < 0) low = logX;
      else high = logX;
      const density = Math.exp(shape * logX - x - logGammaOfShape);
      const target = logX - error / density;
      const next = target > low && target < high ? target : halfWay(low, high, logX);
      if (Math.abs(next - logX) <= PRECISION) return Math.exp(next);
      logX = next;
    }
    return Math.exp(logX);
  };
}

/** Logarithm of a first guess: Wilson and Hilferty's cube for the middle, the leading power of x for the lower end. */
function firstGuess(shape: number, logGammaOfShape: number, p: number): number {
  const ninth = 1 / (9 * shape);
  const root = 1 - ninth + normalQuantile(p) * Math.sqrt(ninth);
  if (shape > 1 && root > 0.1) return Math.log(shape * root * root * root);
  const leading = (Math.log(p) + logGammaOfShape + Math.log(shape)) / shape;
  return Math.min(leading, Math.log(shape + 40));
}

function halfWay(low: number, high: number, here: number): number {
  if (low === Number.NEGATIVE_INFINITY) return here - 1;
  if (high === Number.POSITIVE_INFINITY) return here + 1;
  return (low + high) / 2;
}
