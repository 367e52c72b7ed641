import type { RandomStreams } from '@faultline/clock';
import { followSimulation } from '@faultline/engine';
import { TableMemory, TrialFold } from '@faultline/metrics';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { trialSeed } from '../trial.ts';
import { summarise } from '../trial-summary.ts';
import { stepSeed } from './lineage-tree.ts';
import { SplitStreams } from './split-streams.ts';

/** A trial that splitting goes on from: the seeds that its chance came from, and how far it came. */
export interface Particle {
  readonly lineage: readonly string[];
  /** Recovery time in microseconds, Infinity without recovery; -1 where the rest of the event does not hold. */
  readonly score: number;
}

/** Some trials of one stage of splitting: numbers `from` to `to`, both included. */
export interface SplittingBlock {
  readonly job: 'splitting';
  readonly scenario: Scenario;
  readonly seed: string;
  readonly from: number;
  readonly to: number;
  /** Whether a trial counts only when it lost an acknowledged write. */
  readonly writesLost: boolean;
  /** Null at the first stage, whose trials begin anew. */
  readonly going: {
    /** Trials to go on from, one for each number. */
    readonly particles: readonly Particle[];
    /** Steps that each of them takes: one that comes no farther than the level is taken back. */
    readonly level: number;
    readonly steps: number;
  } | null;
}

/** Runs a block. Its result depends on the block alone. */
export function runSplittingBlock(
  block: SplittingBlock,
  kinds: ReadonlyMap<string, DeploymentKind>,
): readonly Particle[] {
  const memory = new TableMemory();
  return split(block, (streams) => {
    const fold = new TrialFold({}, memory);
    followSimulation(block.scenario, kinds, fold, { charts: 'compiled', operations: 'straight', streams });
    const { recoveryUs, lost } = summarise(1, fold.result());
    return block.writesLost && lost === 0 ? -1 : recoveryUs;
  });
}

/** The same with any function that draws from streams and says how far it came. */
export function split(
  { seed, from, to, going }: Omit<SplittingBlock, 'scenario' | 'writesLost'>,
  scoreOf: (streams: RandomStreams) => number,
): readonly Particle[] {
  return Array.from({ length: to - from + 1 }, (_, index): Particle => {
    const own = trialSeed(seed, from + index);
    if (going === null) return { lineage: [own], score: scoreOf(new SplitStreams([own])) };
    let particle = going.particles[index] as Particle;
    for (let step = 1; step <= going.steps; step++) {
      const lineage = [...particle.lineage, stepSeed(own, step)];
      const score = scoreOf(new SplitStreams(lineage));
      if (score > going.level) particle = { lineage, score };
    }
    return particle;
  });
}
