import { type Distribution, type Sampler, tabulatedQuantile } from '@faultline/clock';
import { oncePer } from './once-per.ts';

/** The whole microseconds that belong to a uniform number; they grow with it. */
export type Quantile = (uniform: number) => number;

/** Tables depend on nothing but their distribution, so that all runs of a process may share them. */
const tables = new Map<string, Quantile>();

/** Quantiles by table look-up, for what is drawn with every message; made once for each distribution. */
export const quantileOf = oncePer(tableOf);

/** The same as a sampler. */
export const tabulated = oncePer((distribution: Distribution): Sampler => {
  const quantile = quantileOf(distribution);
  return (random) => quantile(random());
});

/** Distributions that say the same have one table. */
function tableOf(distribution: Distribution): Quantile {
  const key = JSON.stringify(distribution);
  let quantile = tables.get(key);
  if (!quantile) {
    quantile = tabulatedQuantile(distribution);
    tables.set(key, quantile);
  }
  return quantile;
}
