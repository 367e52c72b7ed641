import { constant, lognormal, type Sampler, sampler } from '@faultline/clock';
import type { Quantity } from '@faultline/models';

/** Spread of a volume's flush around its median: 1.43 ms at p95 over 0.77 ms (PostgreSQL 15.18 pair, local commit, measured 2026-11-23). */
const FLUSH_P95_FACTOR = 1.86;

/** A flush with the given median in microseconds. */
export function flushSampler(median: Quantity): Sampler {
  if (median.value === 0) return () => 0;
  return sampler(lognormal({ median: `${median.value}us`, p95: `${Math.round(median.value * FLUSH_P95_FACTOR)}us` }));
}

/** Applying one entry always takes the same time, in microseconds. */
export function applySampler(work: Quantity): Sampler {
  return sampler(constant(`${work.value}us`));
}
