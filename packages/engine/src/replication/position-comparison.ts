import type { Copy } from './copy.ts';

/** Which copies a failover may choose. */
export interface PositionComparison {
  /** Holds the newest record; null when no copy is left. */
  readonly newest: string | null;
  /** Of those that hold the newest record, the one that has applied most. */
  readonly leastBehind: string | null;
}

/**
 * Compares copies on working hosts and volumes; of equals the first wins. A position on an earlier timeline counts for
 * nothing: what follows there after the fork is not in the log any more. Whoever holds as much as one that missed
 * nothing has missed nothing either, so one of `complete` has to be among those that work.
 */
export function comparePositions(
  candidates: readonly Copy[],
  complete: readonly string[],
  nowUs: number,
): PositionComparison {
  const working = candidates.filter((copy) => copy.node.hostUp && copy.node.storage === 'ok');
  if (!working.some((copy) => complete.includes(copy.node.id))) return { newest: null, leastBehind: null };
  const latest = Math.max(...working.map((copy) => copy.timeline.id));
  const copies = working.filter((copy) => copy.timeline.id === latest);
  const newest = best(copies, (copy) => copy.receivedHead(nowUs));
  const equal = copies.filter((copy) => newest && copy.receivedHead(nowUs) === newest.receivedHead(nowUs));
  const leastBehind = best(equal, (copy) => copy.appliedHead(nowUs));
  return { newest: newest?.node.id ?? null, leastBehind: leastBehind?.node.id ?? null };
}

function best(copies: readonly Copy[], score: (copy: Copy) => number): Copy | undefined {
  let winner: Copy | undefined;
  for (const copy of copies) if (!winner || score(copy) > score(winner)) winner = copy;
  return winner;
}
