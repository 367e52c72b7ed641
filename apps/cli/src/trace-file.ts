import { canonicalLine, type TraceRecord } from '@faultline/trace';
import { StreamedFile } from './streamed-file.ts';

/** A trace on disk: one line of canonical JSON for each record. */
export class TraceFile {
  readonly #file: StreamedFile;

  constructor(path: string) {
    this.#file = new StreamedFile('--trace', path, '--trace run.ndjson');
  }

  add(record: TraceRecord): void {
    this.#file.write(`${canonicalLine(record)}\n`);
  }

  close(): void {
    this.#file.close();
  }
}
