/** Words longer than this are compared by their beginnings, to keep the cost of one message small. */
const LONGEST = 80;

/** A beginning as short as this may be one of many words. */
const SHORTEST_BEGINNING = 3;

/** Insertions, deletions and substitutions of one character that turn `from` into `to` (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substituted = (above[column - 1] as number) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const shifted = Math.min(above[column] as number, current[column - 1] as number) + 1;
      current.push(Math.min(substituted, shifted));
    }
    above = current;
  }
  return above[to.length] as number;
}

/**
 * The candidate that was probably meant: the one with the fewest edits from `word`, whatever its case; the first of
 * equals. A candidate that begins with `word`, or the reverse, needs fewer edits than it seems. Undefined where
 * nothing is near: more than two of five characters would have to change.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.slice(0, LONGEST).toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceBetween(wanted, candidate.slice(0, LONGEST).toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function distanceBetween(wanted: string, candidate: string): number {
  if (wanted.length >= SHORTEST_BEGINNING && (candidate.startsWith(wanted) || wanted.startsWith(candidate))) return 1;
  const distance = editDistance(wanted, candidate);
  const longer = Math.max(wanted.length, candidate.length);
  return distance <= Math.max(1, Math.round(longer * 0.4)) ? distance : Number.POSITIVE_INFINITY;
}
