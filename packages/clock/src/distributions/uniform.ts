import { parseDuration } from '../durations.ts';
import type { UniformDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { checkAtLeast, checkNotNegative, durationText } from './parameter.ts';

/** Anything from `min` to `max`, e.g. `uniform('1s', '3s')`. */
export function uniform(min: string, max: string): UniformDistribution {
  return { kind: 'uniform', minUs: parseDuration(min), maxUs: parseDuration(max) };
}

export const uniformFamily: Family<UniformDistribution> = {
  compile({ minUs, maxUs }) {
    checkNotNegative('uniform minUs', minUs);
    checkAtLeast('uniform maxUs', maxUs, 'minUs', minUs);
    const widthUs = maxUs - minUs;
    return {
      quantile: (p) => minUs + p * widthUs,
      cdf(us) {
        if (us < minUs) return 0;
        return us >= maxUs ? 1 : (us - minUs) / widthUs;
      },
      mean: (minUs + maxUs) / 2,
    };
  },
  describe: ({ minUs, maxUs }) => `uniform(${durationText(minUs)} to ${durationText(maxUs)})`,
  scale: ({ kind, minUs, maxUs }, factor) => ({ kind, minUs: minUs * factor, maxUs: maxUs * factor }),
};
