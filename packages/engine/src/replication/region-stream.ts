import { type Sampler, SECOND_US } from '@faultline/clock';
import type { PlaneContext } from './plane.ts';
import type { RegionReplica } from './region-replica.ts';
import { Stream } from './stream.ts';

/** What one Region writes on its way to another: the pipeline's delay, then the network, and no faster than a backlog drains. */
export function regionStream(
  { streams, database, network, observed }: PlaneContext,
  from: RegionReplica,
  to: RegionReplica,
  delay: Sampler,
  drainPerSecond: number,
): Stream {
  const random = streams.stream(`${database}/${from.node.id}/${to.node.id}/delay`);
  const stream = new Stream({
    feed: from.log,
    base: 0,
    appliedBase: 0,
    out: network.path(from.node.site, to.node.site),
    back: network.path(to.node.site, from.node.site),
    flush: () => 0,
    applyUs: null,
    random,
    fromUs: 0,
    extraDelay: pipelineDelay(() => delay(random)),
    acknowledges: null,
    gapUs: Math.round(SECOND_US / drainPerSecond),
  });
  // Who watches the run asks where a version was when it was acknowledged, which may be long ago.
  if (observed) stream.rememberArrivals();
  return stream;
}

/**
 * What the replication pipeline adds to the way of an entry, by the instant at which it leaves. The delay wanders
 * slowly: one draw holds for a second, else the slowest of many independent draws would hold up all behind it.
 */
function pipelineDelay(draw: () => number): (leavesAtUs: number) => number {
  let untilUs = 0;
  let delayUs = 0;
  return (leavesAtUs) => {
    if (leavesAtUs >= untilUs) {
      untilUs = leavesAtUs - (leavesAtUs % SECOND_US) + SECOND_US;
      delayUs = draw();
    }
    return delayUs;
  };
}
