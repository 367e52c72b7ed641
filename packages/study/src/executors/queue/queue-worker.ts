import { Worker } from 'bullmq';
import type { Block } from '../block.ts';
import { fromJson, toJson } from '../block-json.ts';
import type { Executor } from '../executor.ts';
import { checkQueue, connectionOptions, QUEUE_NAME } from './queue-connection.ts';

/** A block whose worker has not been heard of for this long is given to another one. */
const LOCK_MS = 15_000;
const STALLED_EVERY_MS = 5_000;

/** A block may see this many workers die before it is suspected of killing them. */
const STALLED_MAX = 20;

/** How often a worker that is to end looks whether the server is still there. */
const LOOK_EVERY_MS = 2_000;

/** Errors that say that the server is away; others are of single commands. */
const CONNECTION = /^E[A-Z]+$|connection/i;

/** A worker at work; `close` finishes the blocks under way. */
export interface QueueWorker {
  close(): Promise<void>;
}

/** See `queueWorker` in `queue.ts`. */
export async function startQueueWorker(
  url: string,
  executor: Executor,
  done: (trials: number) => void,
  away: (isAway: boolean) => void,
): Promise<QueueWorker> {
  await checkQueue(url);
  const worker = new Worker<string, string>(
    QUEUE_NAME,
    async ({ data }) => {
      const block = fromJson(data) as Block;
      const result = toJson(await executor.run(block));
      done(block.to - block.from + 1);
      return result;
    },
    {
      connection: connectionOptions(url),
      concurrency: executor.width,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      maxStalledCount: STALLED_MAX,
    },
  );
  // Errors of the connection come again until the server is back; BullMQ goes on by itself.
  let isAway = false;
  const note = (now: boolean): void => {
    if (now !== isAway) away(now);
    isAway = now;
  };
  worker.on('error', (error: Error & { code?: string }) => {
    if (CONNECTION.test(error.code ?? error.message)) note(true);
  });
  worker.on('ready', () => note(false));
  worker.on('active', () => note(false));
  return { close: () => closed(worker, url) };
}

/** Waits for the blocks under way, as long as there is a server that could be told of them. */
async function closed(worker: Worker, url: string): Promise<void> {
  let over = false;
  const closing = worker.close().then(() => {
    over = true;
  });
  while (!over) {
    let timer: NodeJS.Timeout | undefined;
    const turn = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LOOK_EVERY_MS);
    });
    await Promise.race([closing, turn]);
    clearTimeout(timer);
    if (!over && !(await isThere(url))) return;
  }
}

function isThere(url: string): Promise<boolean> {
  return checkQueue(url).then(
    () => true,
    () => false,
  );
}
