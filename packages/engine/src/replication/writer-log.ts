import type { Node } from '../nodes/node.ts';
import { type Committing, PendingCommits } from './pending.ts';
import type { Feed } from './stream.ts';
import type { Timeline } from './timeline.ts';

/** When is an entry durable? Infinity while the copies that it needs are not in sight. */
export interface Durability {
  /** The entry at `lsn` was appended just now, for `key`. */
  appended(lsn: number, atUs: number, key: number): void;
  durableAtUs(lsn: number): number;
  /** Whether an entry for `key` that is appended now will be durable at an instant that is known then. */
  isInSight(key: number): boolean;
}

/** The log of one writer: it appends, and answers a commit when the durability rule holds for it and all before it. */
export class WriterLog implements Feed {
  readonly node: Node;
  readonly timeline: Timeline;
  readonly #durability: Durability;
  readonly #pending = new PendingCommits();
  readonly #flushUs: (() => number) | null;

  /** `flushUs` draws what a flush takes; null for a shared volume, where the writer itself keeps nothing. */
  constructor(node: Node, timeline: Timeline, durability: Durability, flushUs: (() => number) | null) {
    this.node = node;
    this.timeline = timeline;
    this.#durability = durability;
    this.#flushUs = flushUs;
  }

  /** A log that is flushed first can all be sent; of a log on a shared volume, what is or will be durable. */
  head(): number {
    return this.mayRetract ? this.timeline.base + this.timeline.durableAt.length : this.timeline.head;
  }

  /** A log that is flushed first is sent after; readers of a shared volume may not see what could still be lost. */
  availableAtUs(lsn: number): number {
    return this.mayRetract ? this.timeline.durableAtUs(lsn) : this.timeline.flushedAtUs(lsn);
  }

  get mayRetract(): boolean {
    return this.#flushUs === null;
  }

  /** Appends a write that nobody waits for yet. Returns its position. */
  append(key: number, op: number, atUs: number): number {
    const { timeline } = this;
    const flushedAtUs = this.#flushUs === null ? atUs : Math.max(timeline.lastFlushedAtUs, atUs + this.#flushUs());
    const lsn = timeline.append(key, op, atUs, flushedAtUs);
    this.#durability.appended(lsn, atUs, key);
    if (!this.#pending.isEmpty) this.#pending.release(timeline.durableHead(atUs));
    this.#advance(atUs);
    return lsn;
  }

  /** From now on `exchange` hears of it when the instant changes at which the entry at `lsn` is durable; it answers `extraUs` after that. */
  register(lsn: number, exchange: Committing, extraUs: number): void {
    const { timeline } = this;
    const atUs = timeline.appendedAtUs(lsn);
    exchange.appended = { timeline: timeline.id, lsn, atUs };
    this.#pending.add(lsn, { exchange, reply: { lsn, timeline: timeline.id, committedAtUs: atUs }, extraUs });
  }

  /** Appends a write and answers `exchange` when it is durable. Returns its position. */
  write(key: number, op: number, atUs: number, exchange: Committing): number {
    const lsn = this.append(key, op, atUs);
    this.register(lsn, exchange, 0);
    this.#pending.schedule(lsn, this.timeline.durableAtUs(lsn));
    return lsn;
  }

  /** Whether a write to `key` would be durable at an instant that is known, if it came now. */
  isInSight(key: number): boolean {
    return this.timeline.isAllDurable && this.#durability.isInSight(key);
  }

  /** The copies or the ways to them changed: what was expected after now is void. */
  reconsider(nowUs: number): void {
    const { timeline } = this;
    const durable = timeline.durableHead(nowUs);
    timeline.durableAt.truncate(durable - timeline.base);
    this.#pending.release(durable);
    this.#advance(nowUs);
    for (let lsn = timeline.base + timeline.durableAt.length + 1; lsn <= timeline.head; lsn++) {
      this.#pending.schedule(lsn, Number.POSITIVE_INFINITY);
    }
  }

  /** The writer is gone: nobody will be answered from here, and what is not durable by now has to be found so again. */
  close(nowUs: number): void {
    const { timeline } = this;
    timeline.durableAt.truncate(timeline.durableAt.countUpTo(nowUs));
    this.#pending.clear();
  }

  /** Computes durability as far as it can be known, never into the past. */
  #advance(nowUs: number): void {
    const { timeline } = this;
    for (let lsn = timeline.base + timeline.durableAt.length + 1; lsn <= timeline.head; lsn++) {
      const atUs = this.#durability.durableAtUs(lsn);
      if (atUs === Number.POSITIVE_INFINITY) return;
      const durableAtUs = Math.max(timeline.durableAt.last(0), atUs, nowUs);
      timeline.durableAt.push(durableAtUs);
      if (!this.#pending.isEmpty) this.#pending.schedule(lsn, durableAtUs);
    }
  }
}
