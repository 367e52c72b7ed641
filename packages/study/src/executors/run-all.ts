import type { Block, ResultOf } from './block.ts';
import type { Executor } from './executor.ts';

/** A block, and where its results belong. */
export interface Job<Work extends Block> {
  readonly block: Work;
  readonly collect: (result: ResultOf<Work>) => void;
}

/**
 * Runs all jobs, as many at a time as the executor can use; resolves when the last one has been collected.
 *
 * @param progress Told after each block how many trials are done in all.
 */
export async function runAll<Work extends Block>(
  executor: Executor,
  jobs: readonly Job<Work>[],
  progress: (trialsDone: number) => void = () => {},
): Promise<void> {
  let next = 0;
  let trialsDone = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let job = jobs[next++]; job && !failed; job = jobs[next++]) {
      try {
        const result = await executor.run(job.block);
        // After a failure nothing more is begun or collected: whoever waits has stopped to listen.
        if (failed) return;
        job.collect(result);
        trialsDone += job.block.to - job.block.from + 1;
        progress(trialsDone);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: executor.width }, lane));
}
