import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError, EXIT } from './exit-codes.ts';
import { makeFolders } from './make-folders.ts';

const CHUNK = 1 << 16;

/**
 * Writes a file beside its final place and moves it there at the end, so that nothing half-written is left. What is
 * there and no plain file (`/dev/null`, a pipe, a symbolic link) is written to as it is: a move would replace it.
 */
export class StreamedFile {
  readonly #option: string;
  readonly #example: string;
  readonly #path: string;
  readonly #partial: string;
  readonly #descriptor: number;
  #pending = '';

  /** `option` is what the user wrote before the path, e.g. `--trace`; messages begin with it. */
  constructor(option: string, path: string, example: string) {
    this.#option = option;
    this.#example = example;
    this.#path = path;
    try {
      makeFolders(dirname(path));
      const known = lstatSync(path, { throwIfNoEntry: false });
      this.#partial = known === undefined || known.isFile() ? `${path}.partial` : path;
      this.#descriptor = openSync(this.#partial, 'w');
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  write(text: string): void {
    this.#pending += text;
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
      `${this.#option} ${this.#path}: cannot be written (${code}); expected a file of yours, for example ${this.#example}`,
      EXIT.usage,
    );
  }
}
