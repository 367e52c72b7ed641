import { parseDuration } from '../durations.ts';
import type { ExponentialDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { checkPositive, durationText } from './parameter.ts';
import { wholeUs } from './whole-us.ts';

/** Without memory, `mean` on average, e.g. `exponential('30s')`. */
export function exponential(mean: string): ExponentialDistribution {
  return { kind: 'exponential', meanUs: parseDuration(mean) };
}

export const exponentialFamily: Family<ExponentialDistribution> = {
  compile({ meanUs }) {
    checkPositive('exponential meanUs', meanUs);
    const quantile = (p: number): number => -meanUs * Math.log1p(-p);
    return {
      quantile,
      cdf: (us) => (us <= 0 ? 0 : -Math.expm1(-us / meanUs)),
      mean: meanUs,
      sample: (random) => wholeUs(quantile(random())),
    };
  },
  describe: ({ meanUs }) => `exponential(mean ${durationText(meanUs)})`,
  scale: ({ kind, meanUs }, factor) => ({ kind, meanUs: meanUs * factor }),
};
