import type { Queue } from 'bullmq';

/** Looks in a row without any block finished before anybody is told why. */
const PATIENCE = 5;

/** Why no block is finished: the server takes nothing more, nobody is there to work, or for no reason known here. */
export type Idleness = 'full' | 'no-workers' | null;

/** Finds out why a queue stands still. */
export class IdleWatch {
  readonly #queue: Queue<string, string>;
  #looks = 0;

  constructor(queue: Queue<string, string>) {
    this.#queue = queue;
  }

  /** To be told whenever a block is finished. */
  busy(): void {
    this.#looks = 0;
  }

  /** To be asked at every look. Rejects where the server is away. */
  async reason(): Promise<Idleness> {
    if (++this.#looks % PATIENCE !== 0) return null;
    const client = await this.#queue.getBackend().client;
    const memory = await client.info();
    const field = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(memory)?.[1] ?? 0);
    const most = field('maxmemory');
    if (most > 0 && field('used_memory') >= most) return 'full';
    return (await this.#queue.getWorkers()).length === 0 ? 'no-workers' : null;
  }
}
