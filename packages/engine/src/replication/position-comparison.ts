import type { Copy } from './copy.ts';
import type { Timeline } from './timeline.ts';

/** Which copies a failover may choose. */
export interface PositionComparison {
  /** Holds the newest record; null when no copy is left, or even the newest lacks what was acknowledged. */
  readonly newest: string | null;
  /** Of those that hold the newest record, the one that has applied most. */
  readonly leastBehind: string | null;
  /** Those that work and lack something that was acknowledged. */
  readonly lacking: readonly string[];
}

/**
 * Compares copies on working hosts and volumes; of equals the first wins. A position on an earlier timeline counts for
 * nothing: what follows there after the fork is not in the log any more. Whoever holds as much as one that missed
 * nothing has missed nothing either, so one of `complete` has to be among those that work.
 *
 * Being fed all the time is not enough to miss nothing: of two copies that are fed, one may be far behind, and what
 * only the other had acknowledged is gone with that one. So the newest is also held against what is durable on
 * `written`, the history of the writer that is followed: its clients may have been told so.
 */
export function comparePositions(
  candidates: readonly Copy[],
  complete: readonly string[],
  written: Timeline,
  nowUs: number,
): PositionComparison {
  const working = candidates.filter((copy) => copy.node.hostUp && copy.node.storage === 'ok');
  const lacking = working.filter((copy) => !holdsAllOf(written, copy, nowUs)).map((copy) => copy.node.id);
  const nobody = { newest: null, leastBehind: null, lacking };
  if (!working.some((copy) => complete.includes(copy.node.id))) return nobody;
  const latest = Math.max(...working.map((copy) => copy.timeline.id));
  const copies = working.filter((copy) => copy.timeline.id === latest);
  const newest = best(copies, (copy) => copy.receivedHead(nowUs));
  if (!newest || lacking.includes(newest.node.id)) return nobody;
  const equal = copies.filter((copy) => copy.receivedHead(nowUs) === newest.receivedHead(nowUs));
  const leastBehind = best(equal, (copy) => copy.appliedHead(nowUs));
  return { newest: newest.node.id, leastBehind: leastBehind?.node.id ?? null, lacking };
}

/** A copy that went another way, such as that of an earlier writer, would have to go back before it could go on. */
function holdsAllOf(written: Timeline, copy: Copy, nowUs: number): boolean {
  const held = copy.receivedHead(nowUs);
  return held >= written.durableHead(nowUs) && written.sharedWith(copy.timeline, held) === held;
}

function best(copies: readonly Copy[], score: (copy: Copy) => number): Copy | undefined {
  let winner: Copy | undefined;
  for (const copy of copies) if (!winner || score(copy) > score(winner)) winner = copy;
  return winner;
}
