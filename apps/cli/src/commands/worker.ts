import { queueWorker, shownUrl, threadExecutor } from '@faultline/study';
import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { log } from '../output.ts';
import { reachable } from '../queue-errors.ts';

const THREADS_MAX = 1_024;

interface WorkerOptions {
  readonly queue: string;
  readonly threads?: string;
}

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .summary('carry out the trials of studies that wait in a queue')
    .description(
      'Takes blocks of trials from a Redis or Valkey queue and carries them out, one thread for each core, until it is told to stop (Ctrl-C, SIGTERM): it then finishes what it is at. It may also be killed: another worker takes over, with the same results. Start as many as you like, on as many machines.',
    )
    .requiredOption('--queue <url>', 'where the Redis or Valkey server is, for example redis://127.0.0.1:6379')
    .option('--threads <number>', 'threads (default: one for each core)')
    .action(work);
}

async function work({ queue, threads }: WorkerOptions): Promise<void> {
  const width = threads === undefined ? undefined : wholeNumber('--threads', threads, 1, THREADS_MAX, 2);
  const shown = shownUrl(queue);
  const executor = threadExecutor(width);
  try {
    let trials = 0;
    const worker = await reachable(
      queueWorker(
        queue,
        executor,
        (done) => {
          trials += done;
        },
        (isAway) => log(isAway ? `${shown} does not answer, waiting for it` : `${shown} is back`),
      ),
    );
    log(`waiting for studies at ${shown}`);
    await stopAsked();
    log('finishing what is under way');
    await worker.close();
    log(`${trials} ${trials === 1 ? 'trial' : 'trials'} carried out`);
  } finally {
    await executor.close();
  }
  // A connection to a server that is away would be tried again for ever.
  process.exit(EXIT.ok);
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
