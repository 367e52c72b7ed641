import { describe, expect, it } from 'vitest';
import { LineageTree, NO_PARENT, stepOf, stepSeed } from './lineage-tree.ts';
import { keepParticles, particlesOf, stageTrials } from './splitting-stage.ts';

const SEEDS = ['7.first', '7.second', '7.third'];

/** A tree with two trials of the first stage, the first of which took two steps in the second. */
function family() {
  const tree = new LineageTree(SEEDS);
  const first = tree.add(NO_PARENT, { stage: 0, trial: 1, step: 0 });
  const other = tree.add(NO_PARENT, { stage: 0, trial: 2, step: 0 });
  const step = tree.add(first, { stage: 1, trial: 4, step: 2 });
  return { tree, first, other, last: tree.add(step, { stage: 1, trial: 4, step: 5 }) };
}

describe('a tree of lineages', () => {
  it('gives back every lineage, seed by seed', () => {
    const { tree, other, last } = family();
    expect(tree.lineage(last)).toEqual(['7.first.1', '7.second.4.2', '7.second.4.5']);
    expect(tree.lineage(other)).toEqual(['7.first.2']);
    expect([tree.lengthOf(last), tree.lengthOf(other)]).toEqual([3, 1]);
    expect(stepOf(stepSeed('7.second.4', 12))).toBe(12);
  });

  it('is pruned to what is needed, and leaves the one before as it was', () => {
    const { tree, first, last } = family();
    const before = tree.lineage(last);
    const { tree: pruned, lasts } = tree.pruned([Int32Array.of(last, last), Int32Array.of(first), Int32Array.of()]);
    expect(pruned.size).toBe(3);
    expect(tree.size).toBe(4);
    const [both, one, none] = lasts as [Int32Array, Int32Array, Int32Array];
    for (const place of both) expect(pruned.lineage(place)).toEqual(before);
    expect(pruned.lineage(one[0] as number)).toEqual(['7.first.1']);
    expect(none.length).toBe(0);
  });

  it('takes the steps of a trial from its lineage, and none from one that stayed where it was', () => {
    const { tree, last } = family();
    const trials = stageTrials(2);
    const origins = { lasts: Int32Array.of(last, last), scores: Float64Array.of(1, 1) };
    const stayed = { lineage: tree.lineage(last), score: 1 };
    const went = { lineage: [...stayed.lineage, '7.third.10.1', '7.third.10.4'], score: 3 };
    keepParticles([stayed, went], trials, 0, { tree, origins, stage: 2, trial: 9 });
    expect(trials.lasts[0]).toBe(last);
    expect(particlesOf(trials, tree, 0, 2)).toEqual([stayed, went]);
    expect(particlesOf(trials, tree, 1, 2)).toEqual([went]);
    const fresh = { lineage: ['7.first.3'], score: 2 };
    keepParticles([fresh], trials, 1, { tree, origins: undefined, stage: 0, trial: 3 });
    expect(particlesOf(trials, tree, 1, 2)).toEqual([fresh]);
  });

  it('holds ten bytes of each seed, shared by all that come from it', () => {
    const tree = new LineageTree(SEEDS);
    let last = NO_PARENT;
    for (let trial = 1; trial <= 300; trial++) last = tree.add(last, { stage: 1, trial, step: 1 });
    for (let trial = 0; trial < 20_000; trial++) tree.add(last, { stage: 2, trial, step: 3 });
    expect(tree.bytes).toBeLessThanOrEqual(1.5 * 10 * 20_300);
  });
});
