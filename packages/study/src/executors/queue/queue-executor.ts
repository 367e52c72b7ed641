import { Queue, QueueEvents } from 'bullmq';
import type { Block, ResultOf } from '../block.ts';
import { blockId } from '../block-id.ts';
import { fromJson, toJson } from '../block-json.ts';
import type { Executor } from '../executor.ts';
import { IdleWatch } from './idle-watch.ts';
import { checkQueue, connectionOptions, QUEUE_NAME } from './queue-connection.ts';
import { QueueError } from './queue-error.ts';
import { shownUrl } from './shown-url.ts';

/** Blocks under way at a time: enough for some dozens of workers, few enough that stopping loses nothing. */
const WIDTH = 256;

/** Results stay this long, so that a study that was killed finds what its workers finished meanwhile. */
const KEPT_SECONDS = 7 * 24 * 3_600;

/** Tries of a block whose worker reports an error; a worker that dies does not count. */
const ATTEMPTS = 3;

/** Events can be missed while the connection is gone: blocks under way are asked for this often as well. */
const SWEEP_EVERY_MS = 1_000;

/** A server that is away does not answer a farewell either. */
const CLOSE_TIMEOUT_MS = 3_000;

/** Why blocks wait: nobody is there to carry them out, or the server is away. */
export type QueueIdle = 'no-workers' | 'away';

interface Waiting {
  readonly block: Block;
  readonly done: (result: unknown) => void;
  readonly failed: (error: Error) => void;
}

/** See `queueExecutor` in `queue.ts`. */
export async function openQueueExecutor(url: string, idle: (why: QueueIdle) => void): Promise<Executor> {
  await checkQueue(url);
  return new QueueExecutor(url, idle);
}

class QueueExecutor implements Executor {
  readonly width = WIDTH;
  readonly #queue: Queue<string, string>;
  readonly #events: QueueEvents;
  /** By block; equal blocks of two cells are one. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #idle: IdleWatch;
  readonly #url: string;
  readonly #tell: (why: QueueIdle) => void;
  /** What was told already: that the server is away, anew after it was back. */
  readonly #told = new Set<QueueIdle>();
  #sweeping = false;
  #closed = false;

  constructor(url: string, tell: (why: QueueIdle) => void) {
    this.#url = url;
    const connection = connectionOptions(url, () => this.#closed);
    this.#queue = new Queue(QUEUE_NAME, { connection });
    this.#events = new QueueEvents(QUEUE_NAME, { connection });
    this.#idle = new IdleWatch(this.#queue);
    this.#tell = tell;
    // Errors of connections come again until the server is back; the blocks wait for it.
    this.#queue.on('error', () => this.#tellIdle('away'));
    this.#events.on('error', () => {});
    this.#events.on('completed', ({ jobId, returnvalue }) => this.#settle(jobId, returnvalue));
    this.#events.on('failed', ({ jobId, failedReason }) => this.#fail(jobId, failedReason));
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_EVERY_MS);
  }

  run<Work extends Block>(block: Work): Promise<ResultOf<Work>> {
    const id = blockId(block);
    return new Promise<ResultOf<Work>>((resolve, reject) => {
      const waiting = { block, done: (result: unknown) => resolve(result as ResultOf<Work>), failed: reject };
      const others = this.#waiting.get(id);
      if (others) {
        others.push(waiting);
        return;
      }
      this.#waiting.set(id, [waiting]);
      this.#ask(id, block).catch((error: Error) => this.#fail(id, error.message));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
    });
    await Promise.race([Promise.allSettled([this.#queue.close(), this.#events.close()]), late]);
    clearTimeout(timer);
  }

  async #ask(id: string, block: Block): Promise<void> {
    // A job with this id that is there already is left as it is.
    await this.#queue.add('block', toJson(block), {
      jobId: id,
      attempts: ATTEMPTS,
      removeOnComplete: { age: KEPT_SECONDS },
      removeOnFail: true,
    });
    await this.#look(id);
  }

  /** Takes the result of a block that was finished before anybody listened, and asks again for one that got lost. */
  async #look(id: string): Promise<void> {
    const [waiting] = this.#waiting.get(id) ?? [];
    if (!waiting) return;
    const job = await this.#queue.getJob(id);
    if (job === undefined || job === null) {
      if (this.#waiting.has(id)) await this.#ask(id, waiting.block);
    } else if (await job.isCompleted()) this.#settle(id, job.returnvalue);
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      for (const id of [...this.#waiting.keys()]) await this.#look(id);
      if (this.#waiting.size > 0) await this.#tellWhyIdle();
    } catch {
      // The server is away: the next sweep asks again.
    } finally {
      this.#sweeping = false;
    }
  }

  /** Nothing that waits for a full server can go on; for a worker it can, and whoever waits should know. */
  async #tellWhyIdle(): Promise<void> {
    const reason = await this.#idle.reason();
    if (reason === 'full') {
      for (const id of [...this.#waiting.keys()]) this.#fail(id, 'maxmemory');
    } else if (reason === 'no-workers') this.#tellIdle(reason);
  }

  #tellIdle(why: QueueIdle): void {
    if (this.#waiting.size === 0 || this.#told.has(why)) return;
    this.#told.add(why);
    this.#tell(why);
  }

  #settle(id: string, result: unknown): void {
    const waiting = this.#waiting.get(id);
    if (!waiting || typeof result !== 'string') return;
    this.#waiting.delete(id);
    this.#idle.busy();
    this.#told.delete('away');
    for (const { done } of waiting) done(fromJson(result));
  }

  #fail(id: string, reason: string): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    const full = /OOM|maxmemory/i.test(reason);
    const message = full
      ? `--queue ${shownUrl(this.#url)}: the queue is full (used memory has reached maxmemory); expected room for the blocks of a study: raise maxmemory of the server, or remove old jobs. What is finished stays there: the same command goes on from it`
      : `a worker could not carry out a block: ${reason}`;
    for (const { failed } of waiting) failed(new QueueError(message));
  }
}
