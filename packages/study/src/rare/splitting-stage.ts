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

/** Where trials came from that some block carried out. */
interface Origins {
  readonly tree: LineageTree;
  /** Those that they went on from, at the same indices; none where they began anew. */
  readonly origins: StageTrials | undefined;
  /** Place of the seed of the stage, and number of the first trial under it. */
  readonly stage: number;
  readonly trial: number;
}

/** Takes in what a block yielded, from index `first` on. Their own steps are added to the tree. */
export function keepParticles(
  particles: readonly Particle[],
  { lasts, scores }: StageTrials,
  first: number,
  { tree, origins, stage, trial }: Origins,
): void {
  for (const [index, { lineage, score }] of particles.entries()) {
    const own = { stage, trial: trial + index };
    const origin = origins?.lasts[first + index];
    lasts[first + index] =
      origin === undefined ? tree.add(NO_PARENT, { ...own, step: 0 }) : lastOf(lineage, tree, origin, own);
    scores[first + index] = score;
  }
}

/** What a lineage has beyond the one that ends at `origin` are steps that the trial took itself. */
function lastOf(
  lineage: readonly string[],
  tree: LineageTree,
  origin: number,
  own: { readonly stage: number; readonly trial: number },
): number {
  const steps = lineage.slice(tree.lengthOf(origin));
  return steps.reduce((last, seed) => tree.add(last, { ...own, step: stepOf(seed) }), origin);
}
