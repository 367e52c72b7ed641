import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Block, ResultOf } from './block.ts';
import type { Executor } from './executor.ts';

/** Runs blocks in worker threads, one for each core. */
export function threadExecutor(threads: number = availableParallelism()): Executor {
  const pool = new Piscina<Block, unknown>({
    filename: new URL('./thread-worker.js', import.meta.url).href,
    name: 'work',
    // Trials make much short-lived garbage: a larger nursery lets it die there, which makes them a tenth faster.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
    minThreads: threads,
    maxThreads: threads,
  });
  return {
    // One block running and one waiting for each thread: no thread idles between two blocks.
    width: threads * 2,
    run: <Work extends Block>(block: Work) => pool.run(block) as Promise<ResultOf<Work>>,
    close: () => pool.destroy(),
  };
}
