import type { TraceRecord } from '@faultline/trace';

/** Holds what the current instant has produced until the run hands it on. */
export class Recorder {
  #records: TraceRecord[] = [];
  /** What was taken last: it has been handed on by the time that more is taken, and is filled again. */
  #taken: TraceRecord[] = [];

  add(record: TraceRecord): void {
    this.#records.push(record);
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  /** All that was added since the last time. Valid until the next call. */
  take(): readonly TraceRecord[] {
    const records = this.#records;
    this.#records = this.#taken;
    this.#records.length = 0;
    this.#taken = records;
    return records;
  }
}
