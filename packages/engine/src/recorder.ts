import type { TraceRecord } from '@faultline/trace';

/** Holds what the current instant has produced until the run hands it on. */
export class Recorder {
  /** The first `#count` of them; those behind were handed on, and their places are filled again. */
  readonly #records: TraceRecord[] = [];
  #count = 0;

  add(record: TraceRecord): void {
    // An array that is emptied by its length and filled again costs more than the records in it.
    this.#records[this.#count++] = record;
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
