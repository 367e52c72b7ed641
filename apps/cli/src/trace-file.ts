import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { canonicalLine, type TraceRecord } from '@faultline/trace';
import { CommandError, EXIT } from './exit-codes.ts';

const CHUNK = 1 << 16;

/**
 * Writes a trace beside its final place and moves it there at the end, so that nothing half-written is left. What is
 * there and no plain file (`/dev/null`, a pipe, a symbolic link) is written to as it is: a move would replace it.
 */
export class TraceFile {
  readonly #path: string;
  readonly #partial: string;
  readonly #descriptor: number;
  #pending = '';

  constructor(path: string) {
    this.#path = path;
    const known = lstatSync(path, { throwIfNoEntry: false });
    this.#partial = known === undefined || known.isFile() ? `${path}.partial` : path;
    try {
      this.#descriptor = openSync(this.#partial, 'w');
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  add(record: TraceRecord): void {
    this.#pending += `${canonicalLine(record)}\n`;
    if (this.#pending.length > CHUNK) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
    if (this.#partial !== this.#path) renameSync(this.#partial, this.#path);
  }

  #flush(): void {
    try {
      writeFileSync(this.#descriptor, this.#pending);
    } catch (error) {
      closeSync(this.#descriptor);
      if (this.#partial !== this.#path) rmSync(this.#partial, { force: true });
      throw this.#unwritable(error);
    }
    this.#pending = '';
  }

  #unwritable(error: unknown): CommandError {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    return new CommandError(
      `--trace ${this.#path}: cannot be written (${code}); expected a path in an existing folder, for example --trace run.ndjson`,
      EXIT.usage,
    );
  }
}
