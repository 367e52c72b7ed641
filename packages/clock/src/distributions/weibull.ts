import { parseDuration } from '../durations.ts';
import type { WeibullDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { logGamma } from './gamma-function.ts';
import { checkPositive, checkShape, durationText } from './parameter.ts';

/** `weibull({ shape: 1.5, scale: '10s' })`: 63 % are over after `scale`. */
export function weibull({ shape, scale }: { readonly shape: number; readonly scale: string }): WeibullDistribution {
  return { kind: 'weibull', shape, scaleUs: parseDuration(scale) };
}

/** Powers go through `exp` and `log`, which all families need anyway: `Math.pow` has changed its last digits between engines. */
const power = (base: number, exponent: number): number => Math.exp(exponent * Math.log(base));

export const weibullFamily: Family<WeibullDistribution> = {
  compile({ shape, scaleUs }) {
    checkShape('weibull shape', shape);
    checkPositive('weibull scaleUs', scaleUs);
    const inverseShape = 1 / shape;
    return {
      quantile: (p) => scaleUs * power(-Math.log1p(-p), inverseShape),
      cdf: (us) => (us <= 0 ? 0 : -Math.expm1(-power(us / scaleUs, shape))),
      mean: scaleUs * Math.exp(logGamma(1 + inverseShape)),
    };
  },
  describe: ({ shape, scaleUs }) => `weibull(shape ${shape}, scale ${durationText(scaleUs)})`,
  scale: ({ kind, shape, scaleUs }, factor) => ({ kind, shape, scaleUs: scaleUs * factor }),
};
