import { kinds } from '@faultline/models';
import {
  type Block,
  type Executor,
  inProcessExecutor,
  queueExecutor,
  type Rounds,
  runRounds,
  shownUrl,
  threadExecutor,
} from '@faultline/study';
import { wholeNumber } from '../arguments.ts';
import { CommandError, EXIT } from '../exit-codes.ts';
import { log } from '../output.ts';
import { type ProgressBar, progressBar } from '../progress.ts';
import { reachable } from '../queue-errors.ts';
import { Interruption } from './interruption.ts';
import type { StudyOptions } from './study-options.ts';

const WORKERS_MAX = 1_024;

/** Who carries out the trials of a command, and how it is told to stop. */
export interface Crew {
  readonly executor: Executor;
  readonly signal: AbortSignal;
}

/** Carries out all rounds of some work; `show` is told after every block. */
export async function carryOut<Work extends Block>(
  rounds: Rounds<Work>,
  { executor, signal }: Crew,
  show: () => void,
): Promise<void> {
  await reachable(runRounds(executor, rounds, show, signal));
}

/** The same under a progress bar of its own. */
export async function carryOutUnderBar<Work extends Block>(rounds: Rounds<Work>, crew: Crew): Promise<void> {
  const bar: ProgressBar = progressBar();
  try {
    await carryOut(rounds, crew, () => bar.show(rounds.progress.done, rounds.progress.planned));
  } finally {
    bar.end();
  }
}

/** Calls somebody in for a while, as the command line says; ends the command when that cannot be. */
export async function withCrew<Value>(
  options: StudyOptions,
  kept: string,
  work: (crew: Crew) => Promise<Value>,
): Promise<Value> {
  const executor = await executorFor(options);
  const interruption = new Interruption(kept);
  try {
    return await work({ executor, signal: interruption.signal });
  } finally {
    await executor.close();
    interruption.end();
  }
}

async function executorFor({ queue, workers }: StudyOptions): Promise<Executor> {
  if (queue === undefined) {
    const threads = workers === undefined ? undefined : wholeNumber('--workers', workers, 0, WORKERS_MAX, 2);
    return threads === 0 ? inProcessExecutor(kinds) : threadExecutor(threads);
  }
  if (workers !== undefined)
    throw new CommandError(
      '--workers: found together with --queue, expected one of them: with a queue, each `faultline worker` has its own --threads',
      EXIT.usage,
    );
  const shown = shownUrl(queue);
  return await reachable(
    queueExecutor(queue, (why) =>
      log(
        why === 'away'
          ? `${shown} does not answer, the study waits for it (Ctrl-C ends it)`
          : `no worker is connected to ${shown}, the study waits: faultline worker --queue ${shown}`,
      ),
    ),
  );
}
