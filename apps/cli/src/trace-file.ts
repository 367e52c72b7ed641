import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { canonicalLine, type TraceRecord } from '@faultline/trace';
import { CommandError, EXIT } from './exit-codes.ts';

const CHUNK = 1 << 16;

/** Writes a trace beside its final place and moves it there at the end, so that nothing half-written is left. */
export class TraceFile {
  readonly #path: string;
  readonly #partial: string;
  readonly #descriptor: number;
  #pending = '';

  constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.partial`;
    try {
      this.#descriptor = openSync(this.#partial, 'w');
    } catch (error) {
      throw new CommandError(
        `--trace ${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); expected a path in an existing folder, for example --trace run.ndjson`,
        EXIT.usage,
      );
    }
  }

  add(record: TraceRecord): void {
    this.#pending += `${canonicalLine(record)}\n`;
    if (this.#pending.length > CHUNK) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
    renameSync(this.#partial, this.#path);
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#pending);
    this.#pending = '';
  }
}
