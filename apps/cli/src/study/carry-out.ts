import type { Study } from '@faultline/scenario';
import { type Executor, type Job, queueExecutor, runAll, type StudyRun, threadExecutor } from '@faultline/study';
import { wholeNumber } from '../arguments.ts';
import { CommandError, EXIT } from '../exit-codes.ts';
import type { ProgressBar } from '../progress.ts';
import { reachable } from '../queue-errors.ts';
import type { StudyOptions } from './study-options.ts';
import { studyProgress } from './study-progress.ts';

const WORKERS_MAX = 1_024;

/** Runs a study to its end, with a progress bar; Ctrl-C ends it between two blocks. `out` is where rows are kept. */
export async function carryOut(
  run: StudyRun,
  study: Study,
  executor: Executor,
  out: string | undefined,
): Promise<void> {
  const progress = studyProgress(run, study);
  const interruption = new Interruption();
  try {
    for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
      await reachable(
        runAll(executor, jobs, () => {
          interruption.check(out);
          progress.show();
        }),
      );
    }
  } finally {
    interruption.end();
    progress.end();
  }
}

/** Carries out jobs and shows how far they are, after `before` trials that are done. Returns how many are done then. */
export async function carryOutJobs<Work extends Parameters<Executor['run']>[0]>(
  executor: Executor,
  jobs: readonly Job<Work>[],
  progress: ProgressBar,
  before = 0,
): Promise<number> {
  const planned = before + jobs.reduce((sum, { block }) => sum + block.to - block.from + 1, 0);
  await reachable(runAll(executor, jobs, (done) => progress.show(before + done, planned)));
  return planned;
}

/** Who carries out the trials, as the command line says; ends the command when that cannot be. */
export async function executorFor({ queue, workers }: StudyOptions): Promise<Executor> {
  if (queue === undefined)
    return threadExecutor(workers === undefined ? undefined : wholeNumber('--workers', workers, 1, WORKERS_MAX));
  if (workers !== undefined)
    throw new CommandError(
      '--workers: found together with --queue, expected one of them: with a queue, each `faultline worker` has its own --threads',
      EXIT.usage,
    );
  return await reachable(queueExecutor(queue));
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Whether somebody asked to stop. A second time ends the process at once. */
class Interruption {
  #asked = false;
  readonly #ask = (): void => {
    this.#asked = true;
    this.end();
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#ask);
  }

  check(out: string | undefined): void {
    if (!this.#asked) return;
    const kept =
      out === undefined ? 'nothing was kept, because there was no --out' : `the same command goes on from ${out}`;
    throw new CommandError(`stopped before the end: ${kept}`, EXIT.inconclusive);
  }

  end(): void {
    for (const signal of SIGNALS) process.off(signal, this.#ask);
  }
}
