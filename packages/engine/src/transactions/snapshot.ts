import type { Timeline } from '../replication/timeline.ts';
import type { RowVersion } from './row-versions.ts';

/** Which transactions somebody sees: those of `timeline` up to `head` that have become visible. */
export interface Snapshot {
  readonly timeline: Timeline;
  readonly head: number;
  /**
   * The writer shows a transaction from the instant at which it left the writer's own list of running ones, which is
   * some time after it was durable and not the same time for each. Null at a copy, which shows what it has applied, in
   * the order of the log.
   */
  readonly asOfUs: number | null;
}

/** The newest version of a row that a snapshot shows; null when it shows none. */
export function rowIn({ timeline, head, asOfUs }: Snapshot, key: number): RowVersion | null {
  let limit = head;
  for (let branch: Timeline | null = timeline; branch; limit = Math.min(limit, branch.base), branch = branch.parent) {
    const { rows } = branch;
    // What came over from a former writer is visible: its list of running transactions went with it.
    const isWriters = branch === timeline && asOfUs !== null;
    const found = rows.newest(
      key,
      (version) => version.lsn <= limit && (!isWriters || visibleAtUs(timeline, version) <= asOfUs),
    );
    if (found) return found;
  }
  return null;
}

/** The newest version of a row in the log, shown to anybody or not. */
export function newestRow(timeline: Timeline, key: number): RowVersion | null {
  return rowIn({ timeline, head: timeline.head, asOfUs: null }, key);
}

/** How long the writer has shown the oldest version that a snapshot of a copy misses; 0 when it misses none. */
export function rowStaleUs(current: Timeline, snapshot: Snapshot, key: number, nowUs: number): number {
  const seen = rowIn(snapshot, key);
  const known = seen === null ? 0 : current.sharedWith(snapshot.timeline, seen.lsn);
  let missedUs = Number.POSITIVE_INFINITY;
  let limit = Number.POSITIVE_INFINITY;
  for (let branch: Timeline | null = current; branch; limit = Math.min(limit, branch.base), branch = branch.parent) {
    const missed = branch.rows.first(key, (version) => version.lsn > known && version.lsn <= limit);
    if (missed) missedUs = visibleAtUs(branch, missed);
  }
  return Math.max(0, nowUs - missedUs);
}

/** Infinity while the transaction is not durable. */
function visibleAtUs(timeline: Timeline, version: RowVersion): number {
  return timeline.durableAtUs(version.lsn) + version.delayUs;
}
