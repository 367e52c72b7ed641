import { parseDuration } from '../durations.ts';
import type { LognormalDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { checkAbove, checkPositive, durationText } from './parameter.ts';

const Z95 = normalQuantile(0.95);

/** Half take at most `median` and 95 % at most `p95`, e.g. `lognormal({ median: '12s', p95: '30s' })`. */
export function lognormal({ median, p95 }: { readonly median: string; readonly p95: string }): LognormalDistribution {
  return { kind: 'lognormal', medianUs: parseDuration(median), p95Us: parseDuration(p95) };
}

export const lognormalFamily: Family<LognormalDistribution> = {
  compile({ medianUs, p95Us }) {
    checkPositive('lognormal medianUs', medianUs);
    checkAbove('lognormal p95Us', p95Us, 'medianUs', medianUs);
    const sigma = Math.log(p95Us / medianUs) / Z95;
    return {
      quantile: (p) => medianUs * Math.exp(sigma * normalQuantile(p)),
      cdf: (us) => (us <= 0 ? 0 : normalCdf(Math.log(us / medianUs) / sigma)),
      mean: medianUs * Math.exp((sigma * sigma) / 2),
    };
  },
  describe: ({ medianUs, p95Us }) => `lognormal(median ${durationText(medianUs)}, p95 ${durationText(p95Us)})`,
  scale: ({ kind, medianUs, p95Us }, factor) => ({ kind, medianUs: medianUs * factor, p95Us: p95Us * factor }),
};
