import { constantFamily } from './constant.ts';
import type { Distribution } from './distribution.ts';
import { empiricalFamily } from './empirical.ts';
import { exponentialFamily } from './exponential.ts';
import type { Family, Law } from './family.ts';
import { gammaFamily } from './gamma.ts';
import { lognormalFamily } from './lognormal.ts';
import { mixtureFamily } from './mixture.ts';
import { checkPositive, DistributionError } from './parameter.ts';
import { shiftedFamily } from './shifted.ts';
import { uniformFamily } from './uniform.ts';
import { weibullFamily } from './weibull.ts';

/** Every kind of distribution there is. A new one is a file like its neighbours and a line here. */
const FAMILIES: { readonly [Kind in Distribution['kind']]: Family<Extract<Distribution, { kind: Kind }>> } = {
  constant: constantFamily,
  uniform: uniformFamily,
  exponential: exponentialFamily,
  lognormal: lognormalFamily,
  gamma: gammaFamily,
  weibull: weibullFamily,
  empirical: empiricalFamily,
  mixture: mixtureFamily,
  shifted: shiftedFamily,
};

/** The table pairs each kind with its family; TypeScript cannot follow that through a look-up. */
function familyOf(distribution: Distribution): Family<Distribution> {
  if (!Object.hasOwn(FAMILIES, distribution.kind)) {
    const kinds = Object.keys(FAMILIES).join(', ');
    throw new DistributionError(`kind must be one of ${kinds}, found ${String(distribution.kind)}`);
  }
  return FAMILIES[distribution.kind] as Family<Distribution>;
}

/** Checks the parameters and works out the constants, once for many draws. */
export function compile(distribution: Distribution): Law {
  return familyOf(distribution).compile(distribution, compile);
}

/**
 * A distribution as a person would write it, e.g. `lognormal(median 12s, p95 30s)`.
 *
 * @throws DistributionError if the distribution cannot be.
 */
export function describeDistribution(distribution: Distribution): string {
  compile(distribution);
  return describe(distribution);
}

function describe(distribution: Distribution): string {
  return familyOf(distribution).describe(distribution, describe);
}

/**
 * The same shape, `factor` times as long (above 0): every quantile, and so every draw, is multiplied by it.
 *
 * @throws DistributionError for a factor of 0, below 0, infinite or NaN.
 */
export function scaleDistribution(distribution: Distribution, factor: number): Distribution {
  checkPositive('factor', factor);
  return familyOf(distribution).scale(distribution, factor, (other) => scaleDistribution(other, factor));
}

/**
 * The value that is not exceeded with probability `p`, in microseconds, not rounded.
 * Infinity at 1 where the tail has no end.
 *
 * @throws DistributionError for a `p` outside of 0 to 1, or a distribution that cannot be.
 */
export function quantile(distribution: Distribution, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new DistributionError(`p must be from 0 to 1, found ${p}`);
  return compile(distribution).quantile(p);
}

/** Long-run average in microseconds, not rounded. @throws DistributionError if the distribution cannot be. */
export function mean(distribution: Distribution): number {
  return compile(distribution).mean;
}
