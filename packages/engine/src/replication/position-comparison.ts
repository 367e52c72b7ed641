import type { Copy } from './copy.ts';

/** Which copies a failover may choose. */
export interface PositionComparison {
  /** Holds the newest record; null when no copy is left. */
  readonly newest: string | null;
  /** Of those that hold the newest record, the one that has applied most. */
  readonly leastBehind: string | null;
}

/** Compares copies on working hosts and volumes; of equals the first wins. */
export function comparePositions(candidates: readonly Copy[], nowUs: number): PositionComparison {
  const copies = candidates.filter((copy) => copy.node.hostUp && copy.node.storage === 'ok');
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
