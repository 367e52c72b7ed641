/** Words longer than this are compared by their beginnings, to keep the cost of one message small. */
const LONGEST = 80;

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

/** The candidate with the fewest edits from `word`, whatever its case; the first of equals; undefined of none. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.slice(0, LONGEST).toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.slice(0, LONGEST).toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
