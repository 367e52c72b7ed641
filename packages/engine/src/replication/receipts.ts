import type { RandomStream, Sampler } from '@faultline/clock';
import { Series } from './series.ts';

/** How a copy takes in what reaches it. */
export interface Receiving {
  readonly flush: Sampler;
  /** Its receiver flushes one batch at a time: what comes meanwhile waits, is written with the next batch and flushed with it. */
  readonly inBatches: boolean;
  /** When the copy's operating system has an entry has to be known as well. */
  readonly keepsWritten: boolean;
  /** Least time between two arrivals, in microseconds: how fast a backlog drains. */
  readonly gapUs: number;
}

/**
 * When entries are written and flushed at a copy. Either flushes of neighbours overlap, as those of a storage server's
 * many queues do, or one process flushes batch after batch, as PostgreSQL's WAL receiver does: it writes all that it can
 * read without waiting, answers, flushes, answers again, and reads on (PostgreSQL 15, `WalReceiverMain` in walreceiver.c).
 */
export class Receipts {
  /** When the copy holds the entry for good. */
  readonly flushedAt = new Series();
  /** When its operating system does; empty where nobody needs it. */
  readonly writtenAt = new Series();
  readonly #flush: Sampler;
  readonly #inBatches: boolean;
  readonly #keepsWritten: boolean;
  readonly #gapUs: number;
  readonly #random: RandomStream;

  constructor({ flush, inBatches, keepsWritten, gapUs }: Receiving, random: RandomStream) {
    this.#flush = flush;
    this.#inBatches = inBatches;
    this.#keepsWritten = keepsWritten || inBatches;
    this.#gapUs = gapUs;
    this.#random = random;
  }

  /** The next entry reaches the copy. Returns when it is flushed. */
  take(reachesAtUs: number): number {
    if (this.#inBatches) return this.#takeIntoBatch(reachesAtUs);
    const gapUs = this.#gapUs;
    const soonestUs = this.flushedAt.last(-gapUs) + gapUs;
    const doneUs = reachesAtUs + this.#flush(this.#random);
    const flushedAtUs = doneUs > soonestUs ? doneUs : soonestUs;
    this.flushedAt.push(flushedAtUs);
    if (this.#keepsWritten) this.writtenAt.push(Math.max(this.writtenAt.last(0), reachesAtUs));
    return flushedAtUs;
  }

  truncate(count: number): void {
    this.flushedAt.truncate(count);
    this.writtenAt.truncate(count);
  }

  /** All entries of a batch are written when it begins and flushed when it ends, so the last entry tells both. */
  #takeIntoBatch(reachesAtUs: number): number {
    const beganAtUs = this.writtenAt.last(-1);
    const endsAtUs = this.flushedAt.last(0);
    const joins = reachesAtUs <= beganAtUs;
    const writtenAtUs = joins ? beganAtUs : Math.max(reachesAtUs, endsAtUs);
    const flushedAtUs = joins ? endsAtUs : writtenAtUs + this.#flush(this.#random);
    this.writtenAt.push(writtenAtUs);
    this.flushedAt.push(flushedAtUs);
    return flushedAtUs;
  }
}
