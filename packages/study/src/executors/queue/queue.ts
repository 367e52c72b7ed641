import type { Executor } from '../executor.ts';
import type { QueueIdle } from './queue-executor.ts';
import type { QueueWorker } from './queue-worker.ts';

// BullMQ and its client take a fifth of a second to load: only who uses a queue should wait for them.

/**
 * Hands blocks to the workers of a queue, on as many machines as there are. A block is known by what it says, so that
 * it is carried out once, whoever asks for it and however often; the same study in another process takes it from there.
 *
 * @param url Of a Redis or Valkey server. A QueueError says why it cannot be used.
 * @param idle Told why blocks wait: once when no worker has been there for some seconds, and when the server went away.
 */
export async function queueExecutor(url: string, idle: (why: QueueIdle) => void = () => {}): Promise<Executor> {
  const { openQueueExecutor } = await import('./queue-executor.ts');
  return openQueueExecutor(url, idle);
}

/**
 * Takes blocks from a queue and has them carried out, until it is closed. It may be killed at any moment: what it was
 * at is given to another worker, with the same result.
 *
 * @param done Told after each block how many trials it held.
 * @param away Told when the server goes away, and when it is back. The worker waits for it.
 */
export async function queueWorker(
  url: string,
  executor: Executor,
  done: (trials: number) => void = () => {},
  away: (isAway: boolean) => void = () => {},
): Promise<QueueWorker> {
  const { startQueueWorker } = await import('./queue-worker.ts');
  return startQueueWorker(url, executor, done, away);
}
