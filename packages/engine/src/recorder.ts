import type { ConnectTimeOut, TraceRecord } from '@faultline/trace';

/** Somebody who is shown the records of a run as they are made, and says when enough was seen. */
export interface Follower {
  /** The record is good until this returns: the next one of its type may be the same object. */
  add(record: TraceRecord): void;
  /** Asked after every record: whether enough was seen. */
  readonly settled: boolean;
  /**
   * A client could not connect in time, and its operation failed with that: instead of the `connect` record and the `op`
   * record that say so, for followers who have this. In a long outage nearly all operations end like this.
   */
  connectTimedOut?(failure: ConnectTimeOut): void;
}

/** Holds what the current instant has produced until the run hands it on, or shows it to a follower at once. */
export class Recorder {
  /** Whether what few followers read is left out: see the options of a simulation. */
  readonly isBrief: boolean;
  readonly #follower: Follower | null;
  /** The first `#count` of them; those behind were handed on, and their places are filled again. */
  readonly #records: TraceRecord[] = [];
  #count = 0;
  #settled = false;

  constructor(follower: Follower | null = null, isBrief = false) {
    this.#follower = follower;
    this.isBrief = isBrief;
  }

  /** Whether records are kept after they were added; else the same object may be written and added again. */
  get keeps(): boolean {
    return this.#follower === null;
  }

  /** Whether the follower has seen enough: it is shown nothing more. */
  get settled(): boolean {
    return this.#settled;
  }

  add(record: TraceRecord): void {
    const follower = this.#follower;
    if (follower === null) {
      // An array that is emptied by its length and filled again costs more than the records in it.
      this.#records[this.#count++] = record;
    } else if (!this.#settled) {
      follower.add(record);
      this.#settled = follower.settled;
    }
  }

  /** Whether a time-out of an attempt to connect may be told by itself, in place of two records. */
  get countsTimeOuts(): boolean {
    return this.#follower?.connectTimedOut !== undefined;
  }

  connectTimedOut(failure: ConnectTimeOut): void {
    const follower = this.#follower;
    if (follower === null || this.#settled) return;
    follower.connectTimedOut?.(failure);
    this.#settled = follower.settled;
  }

  get count(): number {
    return this.#count;
  }

  /** One of the `count` records that wait. */
  at(place: number): TraceRecord {
    return this.#records[place] as TraceRecord;
  }

  /** All of them have been handed on. */
  clear(): void {
    this.#count = 0;
  }

  /** All that was added since the last time. */
  take(): readonly TraceRecord[] {
    const records = this.#records.slice(0, this.#count);
    this.#count = 0;
    return records;
  }
}
