import { parseDuration } from '../durations.ts';
import type { Distribution, ShiftedDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { checkNotNegative, durationText } from './parameter.ts';

/** `by`, and then `of` on top, e.g. `shifted('2s', exponential('1s'))`. */
export function shifted(by: string, of: Distribution): ShiftedDistribution {
  return { kind: 'shifted', byUs: parseDuration(by), of };
}

export const shiftedFamily: Family<ShiftedDistribution> = {
  compile({ byUs, of }, compileOther) {
    checkNotNegative('shifted byUs', byUs);
    const { quantile, cdf, mean, draw = quantile } = compileOther(of);
    return {
      quantile: (p) => byUs + quantile(p),
      cdf: (us) => cdf(us - byUs),
      mean: byUs + mean,
      draw: (uniform) => byUs + draw(uniform),
    };
  },
  describe: ({ byUs, of }, describeOther) => `shifted(${durationText(byUs)} + ${describeOther(of)})`,
  scale: ({ kind, byUs, of }, factor, scaleOther) => ({ kind, byUs: byUs * factor, of: scaleOther(of) }),
};
