import type { OutstandingWrites } from './outstanding-writes.ts';
import type { Segment } from './segment.ts';
import type { Timeline } from './timeline.ts';

/** For observers: who held an entry of a shared volume when its quorum was complete. The volume itself forgets that. */
export class QuorumHolders {
  readonly #outstanding: OutstandingWrites;
  readonly #membersOf: (shard: number) => readonly Segment[];
  readonly #known = new Map<number, readonly string[]>();

  constructor(outstanding: OutstandingWrites, membersOf: (shard: number) => readonly Segment[]) {
    this.#outstanding = outstanding;
    this.#membersOf = membersOf;
  }

  /** Remembers who holds what is durable by now, before it is forgotten. */
  note(timeline: Timeline, nowUs: number): void {
    const endLsn = Math.min(timeline.durableHead(nowUs) + 1, this.#outstanding.endLsn);
    for (let lsn = this.#outstanding.firstLsn; lsn < endLsn; lsn++)
      if (!this.#known.has(lsn)) this.#known.set(lsn, this.#holdersOf(lsn, timeline.durableAtUs(lsn)));
  }

  /** Null when that was not noted. */
  of(lsn: number): readonly string[] | null {
    return this.#known.get(lsn) ?? null;
  }

  #holdersOf(lsn: number, atUs: number): readonly string[] {
    return this.#membersOf(this.#outstanding.shard(lsn))
      .filter((_, place) => this.#outstanding.arrivesAtUs(lsn, place) <= atUs)
      .map((segment) => segment.id);
  }
}
