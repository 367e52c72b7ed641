import type { Copy } from './copy.ts';
import type { Sample } from './plane.ts';
import type { Timeline } from './timeline.ts';

/** Time since the oldest acknowledged version that a reader of `version` misses was acknowledged; 0 when it misses none. */
export function staleSinceUs(
  current: Timeline,
  history: Timeline,
  version: number,
  key: number,
  nowUs: number,
): number {
  const known = current.sharedWith(history, version);
  const missed = current.versionAfter(key, known);
  if (missed === 0 || missed > current.durableHead(nowUs)) return 0;
  const sinceUs = Math.min(current.durableAtUs(missed), nowUs);
  return nowUs - Math.max(sinceUs, current.appendedAtUs(missed));
}

/** How far a copy is behind the writer, and what would be lost without it; on a shared volume nothing is at risk. */
export function sampleOf(current: Timeline, copy: Copy, onSharedVolume: boolean, nowUs: number): Sample {
  const applied = lagOf(current, copy.timeline, copy.appliedHead(nowUs), nowUs);
  const held = onSharedVolume ? { entries: 0, us: 0 } : lagOf(current, copy.timeline, copy.receivedHead(nowUs), nowUs);
  return { lagUs: applied.us, lagEntries: applied.entries, atRiskEntries: held.entries, atRiskUs: held.us };
}

/** How many acknowledged entries of `current` a copy at `position` of `history` lacks, and since when. */
function lagOf(
  current: Timeline,
  history: Timeline,
  position: number,
  nowUs: number,
): { readonly entries: number; readonly us: number } {
  const entries = Math.max(0, current.durableHead(nowUs) - current.sharedWith(history, position));
  return { entries, us: lagUs(current, history, position, nowUs) };
}

/** Since when a copy at `position` of `history` lacks an acknowledged entry of `current`, in microseconds before now; 0 when it lacks none. */
export function lagUs(current: Timeline, history: Timeline, position: number, nowUs: number): number {
  const shared = current.sharedWith(history, position);
  return current.durableHead(nowUs) <= shared ? 0 : Math.max(0, nowUs - current.appendedAtUs(shared + 1));
}
