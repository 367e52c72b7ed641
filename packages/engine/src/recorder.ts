import type { OperationsListener, TraceRecord } from '@faultline/trace';

/** Somebody who is shown the records of a run as they are made, and says when enough was seen. */
export interface Follower {
  /** The record is good until this returns: the next one of its type may be the same object. */
  add(record: TraceRecord): void;
  /** Asked after every record: whether enough was seen. */
  readonly settled: boolean;
  /** Who is told of a cohort's operations, for followers who need no records of them. Asked after the header was shown. */
  listenerTo?(cohort: string): OperationsListener;
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

  /** Who is told of the operations of a cohort in place of records; null when nobody is. */
  listenerTo(cohort: string): OperationsListener | null {
    return this.#follower?.listenerTo?.(cohort) ?? null;
  }

  /** A listener was told something, as nobody may be once the follower has settled. */
  told(): void {
    this.#settled = (this.#follower as Follower).settled;
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
