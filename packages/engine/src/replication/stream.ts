import type { RandomStream, Sampler } from '@faultline/clock';
import type { Path } from '../network/path.ts';
import { Series } from './series.ts';
import type { Timeline } from './timeline.ts';

/** Where a stream's entries come from: the writer of a timeline, or a copy that passes them on. */
export interface Feed {
  readonly timeline: Timeline;
  /** Newest position that the sender will ever be able to send, as things stand. */
  head(): number;
  /** When the sender can send it. */
  availableAtUs(lsn: number): number;
}

/**
 * Log entries on their way to one copy, by Lindley's recursion instead of events:
 * `arrive = max(previous arrive, available + network + flush)`, `apply = max(previous apply, arrive) + work`.
 * (Flushes of neighbours overlap, as group commit lets them; applying is serial.)
 *
 * The columns hold what will be if nothing changes. A cut, a crash or a stall takes back what lies after
 * its instant; nothing at or before the present is ever changed.
 */
export class Stream {
  readonly feed: Feed;
  /** Position that the copy held when the stream began. */
  readonly base: number;
  readonly arrivedAt = new Series();
  /** When the writer knows of it. */
  readonly ackedAt = new Series();
  readonly appliedAt = new Series();
  readonly #appliedBase: number;
  readonly #out: Path;
  readonly #back: Path;
  readonly #flush: Sampler;
  readonly #apply: Sampler | null;
  // Two streams of chance: how far ahead the columns are computed must not change what is drawn.
  readonly #sendRandom: RandomStream;
  readonly #applyRandom: RandomStream;
  #connected = true;
  #applying = true;
  #sendsFromUs: number;
  #appliesFromUs: number;
  readonly #extraDelay: ((leavesAtUs: number) => number) | null;

  constructor(options: {
    readonly feed: Feed;
    readonly base: number;
    readonly appliedBase: number;
    readonly out: Path;
    readonly back: Path;
    readonly flush: Sampler;
    /** `null` when the copy applies nothing (a storage mirror). */
    readonly apply: Sampler | null;
    readonly sendRandom: RandomStream;
    readonly applyRandom: RandomStream;
    readonly fromUs: number;
    /** Delay of an entry beside the network and the flush, by the instant at which it leaves, in microseconds. */
    readonly extraDelay?: (leavesAtUs: number) => number;
  }) {
    this.feed = options.feed;
    this.base = options.base;
    this.#appliedBase = options.appliedBase;
    this.#out = options.out;
    this.#back = options.back;
    this.#flush = options.flush;
    this.#apply = options.apply;
    this.#sendRandom = options.sendRandom;
    this.#applyRandom = options.applyRandom;
    this.#sendsFromUs = options.fromUs;
    this.#appliesFromUs = options.fromUs;
    this.#extraDelay = options.extraDelay ?? null;
  }

  get connected(): boolean {
    return this.#connected;
  }

  get applying(): boolean {
    return this.#applying;
  }

  get timeline(): Timeline {
    return this.feed.timeline;
  }

  /** Computes the columns for all that the feed holds. */
  extend(): void {
    const head = this.feed.head();
    if (this.#connected) {
      for (let lsn = this.base + this.arrivedAt.length + 1; lsn <= head; lsn++) this.#send(lsn);
    }
    if (this.#apply !== null && this.#applying) this.#applyArrived();
  }

  /** Newest position that the copy holds at `atUs`. */
  receivedHead(atUs: number): number {
    this.extend();
    return this.base + this.arrivedAt.countUpTo(atUs);
  }

  /** Newest position that the copy has applied at `atUs`; what it received when it applies nothing. */
  appliedHead(atUs: number): number {
    if (this.#apply === null) return this.receivedHead(atUs);
    this.extend();
    return this.#appliedBase + this.appliedAt.countUpTo(atUs);
  }

  /** When the copy will hold, or held, the entry; Infinity when that is not in sight. */
  arrivesAtUs(lsn: number): number {
    if (lsn <= this.base) return 0;
    const index = lsn - this.base - 1;
    if (index >= this.arrivedAt.length) this.extend();
    return index < this.arrivedAt.length ? this.arrivedAt.at(index) : Number.POSITIVE_INFINITY;
  }

  ackedAtUs(lsn: number): number {
    if (lsn <= this.base) return 0;
    const index = lsn - this.base - 1;
    if (index >= this.ackedAt.length) this.extend();
    return index < this.ackedAt.length ? this.ackedAt.at(index) : Number.POSITIVE_INFINITY;
  }

  appliesAtUs(lsn: number): number {
    if (this.#apply === null) return this.arrivesAtUs(lsn);
    if (lsn <= this.#appliedBase) return 0;
    this.extend();
    const index = lsn - this.#appliedBase - 1;
    return index < this.appliedAt.length ? this.appliedAt.at(index) : Number.POSITIVE_INFINITY;
  }

  /**
   * The connection ends at `atUs`. A closed path loses what is under way; when only the sender is gone, what
   * had left before still arrives.
   */
  disconnect(atUs: number, losesInFlight: boolean): void {
    if (!this.#connected) return;
    this.extend();
    this.#connected = false;
    if (losesInFlight) this.arrivedAt.truncate(this.arrivedAt.countUpTo(atUs));
    else this.#truncateUnsent(atUs);
    this.ackedAt.truncate(this.ackedAt.countUpTo(atUs));
    this.#retractApplied(atUs);
  }

  /** The connection is back: the copy reports what it holds, and the sender goes on from there. */
  connect(atUs: number): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#sendsFromUs = atUs + this.#back.latencyUs();
    while (this.ackedAt.length < this.arrivedAt.length) this.ackedAt.push(Math.max(this.ackedAt.last(0), this.#sendsFromUs));
  }

  /** The sender's own prospects changed: what was derived from its future is void. */
  retract(atUs: number): void {
    this.arrivedAt.truncate(this.arrivedAt.countUpTo(atUs));
    this.ackedAt.truncate(Math.min(this.ackedAt.length, this.arrivedAt.length));
    this.#retractApplied(atUs);
  }

  stallApply(atUs: number): void {
    if (!this.#applying) return;
    this.extend();
    this.#applying = false;
    this.#retractApplied(atUs);
  }

  resumeApply(atUs: number): void {
    if (this.#applying) return;
    this.#applying = true;
    this.#appliesFromUs = atUs;
  }

  /** The sender's log was cut back to `lsn` by its crash. */
  truncateTo(lsn: number): void {
    this.arrivedAt.truncate(Math.max(0, lsn - this.base));
    this.ackedAt.truncate(Math.max(0, lsn - this.base));
    this.appliedAt.truncate(Math.max(0, lsn - this.#appliedBase));
  }

  #truncateUnsent(atUs: number): void {
    let count = this.arrivedAt.length;
    while (count > 0 && this.arrivedAt.at(count - 1) > atUs && this.feed.availableAtUs(this.base + count) > atUs) count--;
    this.arrivedAt.truncate(count);
  }

  #send(lsn: number): void {
    const leavesAtUs = Math.max(this.feed.availableAtUs(lsn), this.#sendsFromUs);
    const extraUs = this.#extraDelay === null ? 0 : this.#extraDelay(leavesAtUs);
    const travelUs = this.#out.latencyUs() + extraUs + this.#flush(this.#sendRandom);
    const arrivesAtUs = Math.max(this.arrivedAt.last(0), leavesAtUs + travelUs);
    this.arrivedAt.push(arrivesAtUs);
    this.ackedAt.push(Math.max(this.ackedAt.last(0), arrivesAtUs + this.#back.latencyUs()));
  }

  #applyArrived(): void {
    const apply = this.#apply as Sampler;
    const received = this.base + this.arrivedAt.length;
    for (let lsn = this.#appliedBase + this.appliedAt.length + 1; lsn <= received; lsn++) {
      const arrivedAtUs = lsn <= this.base ? 0 : this.arrivedAt.at(lsn - this.base - 1);
      this.appliedAt.push(Math.max(this.appliedAt.last(0), arrivedAtUs, this.#appliesFromUs) + apply(this.#applyRandom));
    }
  }

  #retractApplied(atUs: number): void {
    if (this.#apply === null) return;
    const sinceBase = this.appliedAt.countUpTo(atUs);
    this.appliedAt.truncate(sinceBase);
  }
}
