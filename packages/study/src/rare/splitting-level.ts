/** Share of the trials of a stage that come farther than its level, at the least. */
const SURVIVING_SHARE = 0.2;

/**
 * The highest level that at least a fifth of the trials come farther than, no higher than `target`; null where that is
 * none above `before`, the level of the stage before.
 */
export function nextSplittingLevel(scores: readonly number[], before: number, target: number): number | null {
  const needed = Math.ceil(scores.length * SURVIVING_SHARE);
  const farther = (level: number): number => scores.filter((score) => score > level).length;
  if (farther(target) >= needed) return target;
  const [last] = [...scores].sort((a, b) => b - a).slice(needed - 1);
  // As many as are needed reach the score `last`; the level has to lie below it.
  const below = scores.filter((score) => score < (last ?? 0));
  const level = below.reduce((highest, score) => Math.max(highest, score), before);
  return level > before ? level : null;
}
