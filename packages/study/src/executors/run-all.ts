import type { Block, ResultOf } from './block.ts';
import type { Executor } from './executor.ts';

/** A block, and where its results belong. */
export interface Job<Work extends Block> {
  readonly block: Work;
  /** A method, so that jobs of one kind of work are jobs of several kinds. */
  collect(result: ResultOf<Work>): void;
}

/** Work that comes in rounds, because what is to be done next may depend on what was found. */
export interface Rounds<Work extends Block> {
  /** Jobs that all have to be collected before the next call; none when it is over. */
  nextRound(): readonly Job<Work>[];
  /** Trials that are finished, and how many will be as far as that is known now. */
  readonly progress: { readonly done: number; readonly planned: number };
}

/**
 * Runs all jobs, as many at a time as the executor can use; resolves when the last one has been collected.
 *
 * @param progress Called after each block that was collected.
 * @param signal Ends it at once, with the signal's reason: what is under way is given up, nothing more is collected.
 */
export function runAll<Work extends Block>(
  executor: Executor,
  jobs: readonly Job<Work>[],
  progress: () => void = () => {},
  signal?: AbortSignal,
): Promise<void> {
  let next = 0;
  let over = false;
  const lane = async (): Promise<void> => {
    for (let job = jobs[next++]; job && !over; job = jobs[next++]) {
      try {
        const result = await executor.run(job.block);
        // After a failure nothing more is begun or collected: whoever waits has stopped to listen.
        if (over) return;
        job.collect(result);
        progress();
      } catch (error) {
        over = true;
        throw error;
      }
    }
  };
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      over = true;
      reject(signal?.reason);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    const end = (): void => signal?.removeEventListener('abort', stop);
    Promise.all(Array.from({ length: executor.width }, lane))
      .then(() => resolve(), reject)
      .finally(end);
  });
}

/**
 * Carries out all rounds of some work, one after another; resolves when there is none left.
 *
 * @param progress Called after each block that was collected.
 * @param signal Ends it at once, with the signal's reason.
 */
export async function runRounds<Work extends Block>(
  executor: Executor,
  rounds: Rounds<Work>,
  progress: () => void = () => {},
  signal?: AbortSignal,
): Promise<void> {
  for (let jobs = rounds.nextRound(); jobs.length > 0; jobs = rounds.nextRound())
    await runAll(executor, jobs, progress, signal);
}
