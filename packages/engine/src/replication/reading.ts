import type { Reply } from '../nodes/exchange.ts';
import type { Copy } from './copy.ts';
import type { Sample } from './plane.ts';
import type { Timeline } from './timeline.ts';

/** The value of `key` as of position `visible` of `history`, and how stale that is against `current`. */
export function readAt(current: Timeline, history: Timeline, visible: number, key: number, nowUs: number): Reply {
  const version = history.versionAt(key, visible);
  const value = version === 0 ? 0 : history.op(version);
  return { value, staleUs: staleUs(current, history, version, key, nowUs), timeline: history.id, lsn: visible };
}

/** Time since the oldest acknowledged version that a reader of `version` misses was acknowledged; 0 when it misses none. */
function staleUs(current: Timeline, history: Timeline, version: number, key: number, nowUs: number): number {
  const known = current.sharedWith(history, version);
  const missed = current.versionAfter(key, known);
  if (missed === 0 || missed > current.durableHead(nowUs)) return 0;
  const sinceUs = Math.min(current.durableAtUs(missed), nowUs);
  return nowUs - Math.max(sinceUs, current.appendedAtUs(missed));
}

/** How many acknowledged entries of `current` a copy at `position` of `history` lacks, and since when. */
export function lagOf(
  current: Timeline,
  history: Timeline,
  position: number,
  nowUs: number,
): { readonly entries: number; readonly us: number } {
  const shared = current.sharedWith(history, position);
  const entries = current.durableHead(nowUs) - shared;
  if (entries <= 0) return { entries: 0, us: 0 };
  return { entries, us: nowUs - Math.min(nowUs, current.appendedAtUs(shared + 1)) };
}

/** How far a copy is behind `current`; what it holds in memory only, of a shared volume, is at no risk. */
export function sampleOf(current: Timeline, copy: Copy, isShared: boolean, nowUs: number): Sample {
  const applied = lagOf(current, copy.timeline, copy.appliedHead(nowUs), nowUs);
  const held = isShared ? { entries: 0, us: 0 } : lagOf(current, copy.timeline, copy.receivedHead(nowUs), nowUs);
  return { lagUs: applied.us, lagEntries: applied.entries, atRiskEntries: held.entries, atRiskUs: held.us };
}
