import { readFileSync, statSync } from 'node:fs';
import { CommandError, EXIT } from './exit-codes.ts';

/** What a text file is supposed to be, for the message when it is not. */
export interface TextFileKind {
  /** E.g. `a scenario`. */
  readonly name: string;
  readonly maxBytes: number;
  /** A path that exists. */
  readonly example: string;
}

/** Reads a file as UTF-8, or ends the command with what is wrong with it. */
export function readTextFile(file: string, { name, maxBytes, example }: TextFileKind): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > maxBytes)
      throw new CommandError(`${file}: found ${size} bytes, expected ${name} of at most ${maxBytes}`, EXIT.badInput);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new CommandError(
      `${file}: cannot be read (${code}); expected the path of ${name}, for example ${example}`,
      EXIT.badInput,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError(`${file}: found bytes that are not UTF-8, expected ${name} as UTF-8 text`, EXIT.badInput);
  }
}
