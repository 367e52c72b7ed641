import { type Agenda, constant, lognormal, type Sampler, sampler } from '@faultline/clock';
import type { FollowerReplication, LogReplication, Quantity } from '@faultline/models';
import { tabulated } from '../tabulated.ts';

/** Spread of a volume's flush around its median: 1.43 ms at p95 over 0.77 ms (PostgreSQL 15.18 pair, local commit, measured 2026-11-23). */
const FLUSH_P95_FACTOR = 1.86;

/** A flush with the given median in microseconds. */
export function flushSampler(median: Quantity): Sampler {
  if (median.value === 0) return () => 0;
  return tabulated(lognormal({ median: `${median.value}us`, p95: `${Math.round(median.value * FLUSH_P95_FACTOR)}us` }));
}

/** From an entry's append until the writer's own volume holds it: its flush, after the wait for the next round where there are rounds. */
export function writerFlushSampler(layout: LogReplication | FollowerReplication, agenda: Agenda): Sampler {
  const flush = flushSampler(layout.flush);
  const roundUs = (layout.rule === 'log' && layout.flushRounds?.value) || 0;
  if (roundUs === 0) return flush;
  return (random) => roundUs - (agenda.nowUs % roundUs) + flush(random);
}

/** Applying one entry always takes the same time, in microseconds. */
export function applySampler(work: Quantity): Sampler {
  return sampler(constant(`${work.value}us`));
}
