import { type Distribution, type Sampler, tabulate } from '@faultline/clock';
import { oncePer } from './once-per.ts';

/** Tables depend on nothing but their distribution, so that all runs of a process may share them. */
const tables = new Map<string, Sampler>();

/** A sampler by table look-up, for what is drawn with every message; made once for each distribution. */
export const tabulated = oncePer(tableOf);

/** Distributions that say the same have one table. */
function tableOf(distribution: Distribution): Sampler {
  const key = JSON.stringify(distribution);
  let sample = tables.get(key);
  if (!sample) {
    sample = tabulate(distribution);
    tables.set(key, sample);
  }
  return sample;
}
