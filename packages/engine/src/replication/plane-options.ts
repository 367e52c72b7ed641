import { type Agenda, lognormal, type RandomStream, type Sampler } from '@faultline/clock';
import { type FollowerReplication, type LogReplication, type Quantity, quantity } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import { oncePer } from '../once-per.ts';
import { tabulated } from '../tabulated.ts';
import type { CopyWork } from './copy.ts';

export const flushDefaults = {
  flushSpread: quantity(
    1.72,
    'times',
    'its median that the flush of a volume takes at p95',
    'measured',
    'PostgreSQL 15.18 pair, measured for this project: 0.86 ms at p95 and 0.50 ms at p50, each the difference between a commit that waits for its own flush and one that does not',
    '2026-11-23',
  ),
};
const FLUSH_P95_FACTOR = flushDefaults.flushSpread.value;

/** A flush with the given median in microseconds. */
export const flushSampler = oncePer((median: Quantity): Sampler => {
  if (median.value === 0) return () => 0;
  return tabulated(lognormal({ median: `${median.value}us`, p95: `${Math.round(median.value * FLUSH_P95_FACTOR)}us` }));
});

/** Draws the time from an entry's append until the writer's own volume holds it: its flush, after the wait for the next round where there are rounds. */
export function writerFlush(
  layout: LogReplication | FollowerReplication,
  agenda: Agenda,
  writer: Node,
  random: RandomStream,
): () => number {
  const median = flushSampler(layout.flush);
  const flushUs = () => Math.round(median(random) * writer.pace);
  const roundUs = (layout.rule === 'log' && layout.flushRounds?.value) || 0;
  if (roundUs === 0) return flushUs;
  return () => roundUs - (agenda.nowUs % roundUs) + flushUs();
}

/** Readers of a shared volume keep nothing: what reaches them is in memory. */
const IN_MEMORY: Sampler = () => 0;

/** What the copies of a log do with its entries. */
export function copyWork(layout: LogReplication | FollowerReplication): CopyWork {
  const isLog = layout.rule === 'log';
  return {
    flush: isLog && layout.volume === 'shared' ? IN_MEMORY : flushSampler(layout.flush),
    flushesInBatches: isLog && layout.copiesFlush === 'in-batches',
    applyUs: Math.round(layout.apply.value),
    acknowledgedWhen: (isLog && layout.acknowledgedWhen) || 'flushed',
  };
}
