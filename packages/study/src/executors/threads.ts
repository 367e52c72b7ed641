import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { TrialBlock } from '../trial.ts';
import type { TrialSummary } from '../trial-summary.ts';
import type { Executor } from './executor.ts';

/** Runs blocks in worker threads, one for each core. */
export function threadExecutor(threads: number = availableParallelism()): Executor {
  const pool = new Piscina<TrialBlock, readonly TrialSummary[]>({
    filename: new URL('./thread-worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  return {
    // One block running and one waiting for each thread: no thread idles between two blocks.
    width: threads * 2,
    run: (block) => pool.run(block),
    close: () => pool.destroy(),
  };
}
