import type { TraceRecord } from '@faultline/trace';

/** Holds what the current instant has produced until the run hands it on. */
export class Recorder {
  #records: TraceRecord[] = [];

  add(record: TraceRecord): void {
    this.#records.push(record);
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  take(): readonly TraceRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }
}
