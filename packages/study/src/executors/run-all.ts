import type { TrialBlock } from '../trial.ts';
import type { TrialSummary } from '../trial-summary.ts';
import type { Executor } from './executor.ts';

/** A block, and where its results belong. */
export interface Job {
  readonly block: TrialBlock;
  readonly collect: (summaries: readonly TrialSummary[]) => void;
}

/** Runs all jobs, as many at a time as the executor can use; resolves when the last one has been collected. */
export async function runAll(executor: Executor, jobs: readonly Job[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let job = jobs[next++]; job; job = jobs[next++]) job.collect(await executor.run(job.block));
  };
  await Promise.all(Array.from({ length: executor.width }, lane));
}
