import type { FaultRecord } from '@faultline/trace';

/** Causes that are over at once, and requests, which are nothing but the order itself. */
const MOMENTARY = /^(?:process-crash|logical-corruption|request-.*)$/;

/** Causes that the service repairs by itself, although nobody heals them: a new host, a new segment, a new volume. */
const REPAIRABLE: readonly string[] = ['host-failure', 'segment-failure', 'storage-failure', 'long-transaction'];

/** What has been done to the world, and what of it still holds. */
export class Disturbances {
  readonly #open = new Map<number, FaultRecord>();
  readonly #deleted = new Set<string>();
  #lastUs = 0;

  add(record: FaultRecord): void {
    this.#lastUs = record.atUs;
    if (record.cause === 'request-delete') this.#deleted.add(record.target.split('.', 1)[0] as string);
    if (record.edge === 'healed') this.#open.delete(record.index);
    else if (!MOMENTARY.test(record.cause)) this.#open.set(record.index, record);
  }

  /** Its customer asked for it to be deleted: nothing is promised of it any more. */
  isDeleted(database: string): boolean {
    return this.#deleted.has(database);
  }

  /** When the last fault began or healed. */
  get lastUs(): number {
    return this.#lastUs;
  }

  /** No fault holds that only its own end can repair. */
  get areOver(): boolean {
    return [...this.#open.values()].every(({ cause }) => REPAIRABLE.includes(cause));
  }

  /** No fault holds at all. */
  get areHealed(): boolean {
    return this.#open.size === 0;
  }
}
