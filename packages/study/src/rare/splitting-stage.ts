import { type LineageTree, NO_PARENT, stepOf } from './lineage-tree.ts';
import type { Particle } from './splitting-block.ts';

/** Trials of one repetition at one stage: where their lineages end in a tree, and how far they came. */
export interface StageTrials {
  readonly lasts: Int32Array;
  readonly scores: Float64Array;
}

/** Room for so many trials. */
export function stageTrials(count: number): StageTrials {
  return { lasts: new Int32Array(count), scores: new Float64Array(count) };
}

/** How many of them come farther than the level. */
export function fartherThan(level: number, { scores }: StageTrials): number {
  return scores.reduce((count, score) => (score > level ? count + 1 : count), 0);
}

/** Some of them, from index `from` up to `to`, in words: plain data, which can go to another thread. */
export function particlesOf(
  { lasts, scores }: StageTrials,
  tree: LineageTree,
  from: number,
  to: number,
): readonly Particle[] {
  return Array.from({ length: to - from }, (_, index) => ({
    lineage: tree.lineage(lasts[from + index] as number),
    score: scores[from + index] as number,
  }));
}

/**
 * Where the lineage of a trial ends that came out of another: what it has beyond the lineage that ends at `origin` are
 * steps of its own, which are added to the tree.
 *
 * @param stage Place of the seed of the stage, and `trial`: the number, under which the steps were taken.
 */
export function lastOf(
  { lineage }: Particle,
  tree: LineageTree,
  origin: number | null,
  own: { readonly stage: number; readonly trial: number },
): number {
  if (origin === null) return tree.add(NO_PARENT, { ...own, step: 0 });
  const ownSteps = lineage.slice(tree.lengthOf(origin));
  return ownSteps.reduce((last, seed) => tree.add(last, { ...own, step: stepOf(seed) }), origin);
}
