import type { RandomStream, Sampler } from '@faultline/clock';
import type { AcknowledgedWhen } from '@faultline/models';
import type { Path } from '../network/path.ts';
import { Receipts } from './receipts.ts';
import { Series } from './series.ts';
import type { Timeline } from './timeline.ts';

/** Where a stream's entries come from: the writer of a timeline, or a copy that passes them on. */
export interface Feed {
  readonly timeline: Timeline;
  /** Newest position that the sender will ever be able to send, as things stand. */
  head(): number;
  /** When the sender can send it. */
  availableAtUs(lsn: number): number;
  /** Whether an instant in the future that `availableAtUs` gave may be taken back. */
  readonly mayRetract: boolean;
}

/**
 * Log entries on their way to one copy, by Lindley's recursion instead of events:
 * `arrive = max(previous arrive, available + network + flush)`, `apply = max(previous apply, arrive) + work`.
 * (Flushes of neighbours overlap, or go batch by batch: see `Receipts`. Applying is serial.)
 *
 * The columns hold what will be if nothing changes. A cut, a crash or a stall takes back what lies after
 * its instant; nothing at or before the present is ever changed.
 */
export class Stream {
  readonly feed: Feed;
  /** Position that the copy held when the stream began. */
  readonly base: number;
  readonly arrivedAt: Series;
  /** When the writer knows of it. */
  readonly ackedAt = new Series();
  readonly appliedAt = new Series();
  readonly #appliedBase: number;
  readonly #out: Path;
  readonly #back: Path;
  readonly #acknowledges: AcknowledgedWhen | null;
  /** What the copy has taken in; `arrivedAt` is its column of flushed entries. */
  readonly #receipts: Receipts;
  /** What applying an entry takes. Nothing is drawn for it: how far ahead the columns are computed must not change what is. */
  readonly #applyUs: number | null;
  #connected = true;
  /** Answers of the copy reach the sender. */
  #heard = true;
  #applying = true;
  #sendsFromUs: number;
  /** When the sender learned that the copy holds everything up to `base`. */
  readonly #reportedAtUs: number;
  #appliesFromUs: number;
  readonly #extraDelay: ((leavesAtUs: number) => number) | null;
  #remembers = false;

  constructor(options: {
    readonly feed: Feed;
    readonly base: number;
    readonly appliedBase: number;
    readonly out: Path;
    readonly back: Path;
    /** When the copy answers; null where nobody waits for it: then `ackedAt` stays empty and the way back is not drawn. */
    readonly acknowledges: AcknowledgedWhen | null;
    readonly flush: Sampler;
    /** Whether the copy flushes batch by batch; else the flushes of neighbours overlap. */
    readonly flushesInBatches?: boolean;
    /** What applying an entry takes, in microseconds; null when the copy applies nothing (a storage mirror). */
    readonly applyUs: number | null;
    readonly random: RandomStream;
    readonly fromUs: number;
    /** Delay of an entry beside the network and the flush, by the instant at which it leaves, in microseconds. */
    readonly extraDelay?: (leavesAtUs: number) => number;
    /** Least time between two arrivals, in microseconds: how fast a backlog drains. */
    readonly gapUs?: number;
  }) {
    this.feed = options.feed;
    this.base = options.base;
    this.#appliedBase = options.appliedBase;
    this.#out = options.out;
    this.#back = options.back;
    this.#applyUs = options.applyUs;
    // As after every new connection the copy first reports what it holds; only at the beginning is that known.
    this.#sendsFromUs = options.fromUs + (options.acknowledges && options.fromUs > 0 ? this.#back.latencyUs() : 0);
    this.#reportedAtUs = this.#sendsFromUs;
    this.#appliesFromUs = options.fromUs;
    this.#extraDelay = options.extraDelay ?? null;
    this.#acknowledges = options.acknowledges;
    const { flush, flushesInBatches: inBatches = false, gapUs = 0 } = options;
    const keepsWritten = options.acknowledges === 'written';
    this.#receipts = new Receipts({ flush, inBatches, keepsWritten, gapUs }, options.random);
    this.arrivedAt = this.#receipts.flushedAt;
  }

  get connected(): boolean {
    return this.#connected;
  }

  get heard(): boolean {
    return this.#heard;
  }

  /** Whether the sender will know when the copy holds what it sends now. */
  get answers(): boolean {
    if (this.#acknowledges === null || !this.#connected || !this.#heard) return false;
    return this.#acknowledges !== 'applied' || this.#applying;
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
      if (this.#acknowledges === null && this.#extraDelay === null) this.#sendUnheard(head);
      else for (let lsn = this.base + this.arrivedAt.length + 1; lsn <= head; lsn++) this.#send(lsn);
    }
    if (this.#applyUs !== null && this.#applying) this.#applyArrived();
  }

  /** Newest position that the copy holds now. */
  receivedHead(nowUs: number): number {
    this.extend();
    this.#forgetUpTo(nowUs);
    return this.base + this.arrivedAt.countUpTo(nowUs);
  }

  /** Newest position that the copy has applied by now; what it received when it applies nothing. */
  appliedHead(nowUs: number): number {
    if (this.#applyUs === null) return this.receivedHead(nowUs);
    this.extend();
    this.#forgetUpTo(nowUs);
    return this.#appliedBase + this.appliedAt.countUpTo(nowUs);
  }

  /** From now on the exact instants of all that arrives are kept: somebody, such as a copy that is fed from here, may ask late. */
  rememberArrivals(): void {
    this.#remembers = true;
  }

  /** When the copy will hold, or held, the entry; Infinity when that is not in sight. */
  arrivesAtUs(lsn: number): number {
    if (lsn <= this.base) return 0;
    const index = lsn - this.base - 1;
    if (index >= this.arrivedAt.length) this.extend();
    return index < this.arrivedAt.length ? this.arrivedAt.at(index) : Number.POSITIVE_INFINITY;
  }

  /** When the sender will know, or knew, that the copy holds the entry; Infinity when that is not in sight. */
  ackedAtUs(lsn: number): number {
    if (lsn <= this.base)
      return this.#acknowledges === 'applied'
        ? Math.max(this.#reportedAtUs, this.appliesAtUs(lsn))
        : this.#reportedAtUs;
    const index = lsn - this.base - 1;
    if (index >= this.ackedAt.length) this.extend();
    return index < this.ackedAt.length ? this.ackedAt.at(index) : Number.POSITIVE_INFINITY;
  }

  appliesAtUs(lsn: number): number {
    if (this.#applyUs === null) return this.arrivesAtUs(lsn);
    if (lsn <= this.#appliedBase) return 0;
    this.extend();
    const index = lsn - this.#appliedBase - 1;
    return index < this.appliedAt.length ? this.appliedAt.at(index) : Number.POSITIVE_INFINITY;
  }

  /**
   * The connection ends at `atUs`. A closed path loses what is under way; when only the sender is gone, what
   * had left before still arrives, unless the path or the receiver goes as well (a second call).
   */
  disconnect(atUs: number, losesInFlight: boolean): void {
    if (!this.#connected) return;
    this.extend();
    this.#connected = false;
    if (losesInFlight) this.#truncateInFlight(atUs);
    else this.#truncateUnsent(atUs);
    this.ackedAt.truncate(this.ackedAt.countUpTo(atUs));
    this.#retractApplied(atUs);
  }

  /** The way back is closed, and the way there is open: what is sent still arrives, and the sender learns of none of it. */
  loseAnswers(atUs: number): void {
    this.extend();
    this.#heard = false;
    this.ackedAt.truncate(this.ackedAt.countUpTo(atUs));
  }

  /** The way back is open again before the sender gave the connection up: it learns what the copy has. */
  hearAgain(atUs: number): void {
    if (this.#heard) return;
    this.extend();
    this.#heard = true;
    this.#report(atUs, atUs + this.#back.latencyUs());
  }

  /** The sender is gone since before, and now the way that its last entries are on is closed as well. */
  loseInFlight(atUs: number): void {
    this.#truncateInFlight(atUs);
    this.#retractApplied(atUs);
  }

  /** The connection is back: the copy reports what it holds, and the sender goes on from there. */
  connect(atUs: number): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#heard = true;
    this.#sendsFromUs = atUs + this.#back.latencyUs();
    this.#report(atUs, this.#sendsFromUs);
  }

  /** At `atUs` the copy says what it holds, which is heard at `heardAtUs`; of what is still under way it tells when it holds that. */
  #report(atUs: number, heardAtUs: number): void {
    const reported =
      this.#acknowledges === 'applied' ? this.#appliedBase + this.appliedAt.length - this.base : this.arrivedAt.length;
    while (this.#acknowledges && this.ackedAt.length < reported) {
      const lsn = this.base + this.ackedAt.length + 1;
      const heldAtUs = this.#acknowledges === 'applied' ? this.appliesAtUs(lsn) : this.arrivesAtUs(lsn);
      const toldUs = heldAtUs > atUs ? heldAtUs + this.#back.latencyUs() : heardAtUs;
      this.ackedAt.push(Math.max(this.ackedAt.last(0), heardAtUs, toldUs));
    }
  }

  /** The sender's own prospects changed: what it has not sent yet, it may send later or never. */
  retractUnsent(atUs: number): void {
    this.#truncateUnsent(atUs);
    this.ackedAt.truncate(this.arrivedAt.length);
    this.appliedAt.truncate(Math.max(0, this.base + this.arrivedAt.length - this.#appliedBase));
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
    this.#receipts.truncate(Math.max(0, lsn - this.base));
    this.ackedAt.truncate(Math.max(0, lsn - this.base));
    this.appliedAt.truncate(Math.max(0, lsn - this.#appliedBase));
  }

  /**
   * What lies in the past can no longer change, and it matters to nobody when exactly it was: whoever goes on from
   * here does so from now. Only a copy that is fed from here computes its own past later.
   */
  #forgetUpTo(nowUs: number): void {
    if (this.#remembers) return;
    this.arrivedAt.forgetUpTo(nowUs);
    this.ackedAt.forgetUpTo(nowUs);
    this.appliedAt.forgetUpTo(nowUs);
    this.#receipts.writtenAt.forgetUpTo(nowUs);
  }

  #truncateUnsent(atUs: number): void {
    let count = this.arrivedAt.length;
    while (count > 0 && this.arrivedAt.at(count - 1) > atUs && this.#leavesAtUs(this.base + count) > atUs) count--;
    this.#receipts.truncate(count);
  }

  /** What was written when the connection ended is flushed by a copy that lives (a WAL receiver flushes before it ends). */
  #truncateInFlight(atUs: number): void {
    const held = this.#acknowledges === 'written' ? this.#receipts.writtenAt : this.arrivedAt;
    this.#receipts.truncate(held.countUpTo(atUs));
  }

  #leavesAtUs(lsn: number): number {
    return Math.max(this.feed.availableAtUs(lsn), this.#sendsFromUs);
  }

  #send(lsn: number): void {
    const leavesAtUs = this.#leavesAtUs(lsn);
    const extraUs = this.#extraDelay === null ? 0 : this.#extraDelay(leavesAtUs);
    const arrivesAtUs = this.#receipts.take(leavesAtUs + this.#out.latencyUs() + extraUs);
    if (this.#acknowledges === 'flushed') this.#acknowledge(arrivesAtUs);
    else if (this.#acknowledges === 'written') this.#acknowledge(this.#receipts.writtenAt.last(0));
  }

  /** As `#send`, for the many streams whose sender waits for nothing: read replicas take millions of entries. */
  #sendUnheard(head: number): void {
    const feed = this.feed;
    const out = this.#out;
    const receipts = this.#receipts;
    const sendsFromUs = this.#sendsFromUs;
    for (let lsn = this.base + this.arrivedAt.length + 1; lsn <= head; lsn++) {
      const availableAtUs = feed.availableAtUs(lsn);
      const leavesAtUs = availableAtUs > sendsFromUs ? availableAtUs : sendsFromUs;
      receipts.take(leavesAtUs + out.latencyUs());
    }
  }

  #acknowledge(answeredAtUs: number): void {
    if (!this.#heard) return;
    this.ackedAt.push(Math.max(this.ackedAt.last(0), this.#sendsFromUs, answeredAtUs + this.#back.latencyUs()));
  }

  #applyArrived(): void {
    const applyUs = this.#applyUs as number;
    const { arrivedAt, appliedAt, base } = this;
    const received = base + arrivedAt.length;
    const answers = this.#acknowledges === 'applied' && this.#connected;
    let lastUs = Math.max(appliedAt.last(0), this.#appliesFromUs);
    for (let lsn = this.#appliedBase + appliedAt.length + 1; lsn <= received; lsn++) {
      const arrivedAtUs = lsn <= base ? 0 : arrivedAt.at(lsn - base - 1);
      lastUs = (arrivedAtUs > lastUs ? arrivedAtUs : lastUs) + applyUs;
      appliedAt.push(lastUs);
      if (answers && lsn > base) this.#acknowledge(lastUs);
    }
  }

  #retractApplied(atUs: number): void {
    if (this.#applyUs === null) return;
    const sinceBase = this.appliedAt.countUpTo(atUs);
    this.appliedAt.truncate(sinceBase);
    if (this.#acknowledges === 'applied') this.ackedAt.truncate(Math.max(0, this.#appliedBase + sinceBase - this.base));
  }
}
