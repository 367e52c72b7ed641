import type { RandomStream, Sampler } from '@faultline/clock';
import type { Node } from '../nodes/node.ts';
import { type Committing, PendingCommits } from './pending.ts';
import type { Feed } from './stream.ts';
import type { Timeline } from './timeline.ts';

/** When is an entry durable? Infinity while the copies that it needs are not in sight. */
export interface Durability {
  /** The entry at `lsn` was appended just now. */
  appended(lsn: number, atUs: number): void;
  durableAtUs(lsn: number): number;
}

/** The log of one writer: it appends, and answers a commit when the durability rule holds for it and all before it. */
export class WriterLog implements Feed {
  readonly node: Node;
  readonly timeline: Timeline;
  readonly #durability: Durability;
  readonly #pending = new PendingCommits();
  readonly #flush: Sampler | null;
  readonly #flushRandom: RandomStream;

  /** `flush` is null for a shared volume, where the writer itself keeps nothing. */
  constructor(
    node: Node,
    timeline: Timeline,
    durability: Durability,
    flush: Sampler | null,
    flushRandom: RandomStream,
  ) {
    this.node = node;
    this.timeline = timeline;
    this.#durability = durability;
    this.#flush = flush;
    this.#flushRandom = flushRandom;
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
    return this.#flush === null;
  }

  /** Appends a write; `exchange` is null for writes that nobody waits for. Returns the position. */
  append(key: number, op: number, atUs: number, exchange: Committing | null, extraUs: number): number {
    const flushedAtUs =
      this.#flush === null ? atUs : Math.max(this.timeline.flushedAt.last(0), atUs + this.#flush(this.#flushRandom));
    const lsn = this.timeline.append(key, op, atUs, flushedAtUs);
    this.#durability.appended(lsn, atUs);
    if (exchange) exchange.appended = { timeline: this.timeline.id, lsn, atUs };
    const reply = { lsn, timeline: this.timeline.id, committedAtUs: atUs };
    this.#pending.add(lsn, exchange === null ? null : { exchange, reply, extraUs });
    this.#pending.release(this.timeline.durableHead(atUs));
    if (!this.#advance(atUs)) exchange?.hold();
    return lsn;
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

  /** Computes durability as far as it can be known, never into the past; true when that is the whole log. */
  #advance(nowUs: number): boolean {
    const { timeline } = this;
    for (let lsn = timeline.base + timeline.durableAt.length + 1; lsn <= timeline.head; lsn++) {
      const atUs = this.#durability.durableAtUs(lsn);
      if (atUs === Number.POSITIVE_INFINITY) return false;
      const durableAtUs = Math.max(timeline.durableAt.last(0), atUs, nowUs);
      timeline.durableAt.push(durableAtUs);
      this.#pending.schedule(lsn, durableAtUs);
    }
    return true;
  }
}
