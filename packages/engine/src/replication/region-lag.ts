import type { Sample } from './plane.ts';
import { beats, type RegionReplica, type Version } from './region-replica.ts';

/**
 * Lag of a Region: behind the source that it is furthest behind. At risk: what it has acknowledged and no other
 * Region holds. That is unavailable elsewhere while this Region is, and lost only if it never returns.
 */
export function sampleOfRegion(replica: RegionReplica, others: readonly RegionReplica[], nowUs: number): Sample {
  let [lagUs, lagEntries] = [0, 0];
  for (const { from, stream } of replica.inbound) {
    const { timeline } = from.log;
    const received = stream.receivedHead(nowUs);
    const entries = timeline.durableHead(nowUs) - received;
    const us = entries <= 0 ? 0 : nowUs - timeline.appendedAtUs(received + 1);
    if (us > lagUs) [lagUs, lagEntries] = [us, entries];
  }
  const { node, log } = replica;
  const elsewhere = Math.max(0, ...others.map((other) => other.streamFrom(replica).receivedHead(nowUs)));
  const atRiskEntries = Math.max(0, log.timeline.durableHead(nowUs) - elsewhere);
  const untilUs = node.alive ? nowUs : node.stoppedAtUs;
  const atRiskUs = atRiskEntries === 0 ? 0 : Math.max(0, untilUs - log.timeline.durableAtUs(elsewhere + 1));
  return { lagUs, lagEntries, atRiskEntries, atRiskUs };
}

/** Age of the oldest among the newest acknowledged versions of the Regions that beat what was read. */
export function regionStaleUs(
  replicas: readonly RegionReplica[],
  key: number,
  seen: Version | null,
  nowUs: number,
): number {
  let staleUs = 0;
  for (const replica of replicas) {
    const { timeline } = replica.log;
    const newest = replica.version(timeline.versionAt(key, timeline.durableHead(nowUs)));
    if (newest && (!seen || beats(newest, seen))) staleUs = Math.max(staleUs, nowUs - timeline.durableAtUs(newest.lsn));
  }
  return staleUs;
}
