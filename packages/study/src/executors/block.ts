import type { DeploymentKind } from '@faultline/models';
import type { BlockColumns } from '../block-columns.ts';
import { type CalibrationBlock, runCalibrationBlock } from '../calibration/calibration-block.ts';
import type { CalibrationTrial } from '../calibration/calibration-trial.ts';
import { type RareBlock, type RareTrial, runRareBlock } from '../rare/rare-block.ts';
import { type Particle, runSplittingBlock, type SplittingBlock } from '../rare/splitting-block.ts';
import { runBlock, type TrialBlock } from '../trial.ts';

/** Work that executors hand out: plain JSON that names its job, so that it can go to another thread. */
export type Block = TrialBlock | CalibrationBlock | RareBlock | SplittingBlock;

/** What the jobs yield: plain data, which `toJson` can write as text. */
interface ResultsOf {
  readonly comparison: BlockColumns;
  readonly calibration: readonly CalibrationTrial[];
  readonly rare: readonly RareTrial[];
  readonly splitting: readonly Particle[];
}

export type ResultOf<Work extends Block> = ResultsOf[Work['job']];

type Jobs = {
  readonly [Job in Block['job']]: (block: BlockOf<Job>, kinds: ReadonlyMap<string, DeploymentKind>) => ResultsOf[Job];
};

type BlockOf<Job extends Block['job']> = Extract<Block, { readonly job: Job }>;

const jobs: Jobs = {
  comparison: runBlock,
  calibration: runCalibrationBlock,
  rare: runRareBlock,
  splitting: runSplittingBlock,
};

/** Does the work. Its result depends on the block alone, wherever and after whatever it is done. */
export function carryOut<Work extends Block>(block: Work, kinds: ReadonlyMap<string, DeploymentKind>): ResultOf<Work> {
  // The compiler cannot see that a block and its job carry the same name.
  const job = jobs[block.job] as (block: Block, kinds: ReadonlyMap<string, DeploymentKind>) => unknown;
  return job(block, kinds) as ResultOf<Work>;
}
