import { existsSync, writeFileSync } from 'node:fs';
import { CommandError, EXIT } from './exit-codes.ts';

/** Refuses a path where something is already, before any work is done for it: nobody's results are overwritten. */
export function refuseExisting(option: string, path: string): void {
  if (!existsSync(path)) return;
  throw new CommandError(
    `${option} ${path}: found a file that is there already, expected the path of a new one: name another, or remove it`,
    EXIT.usage,
  );
}

/** Writes a file that was not there before. */
export function writeNewFile(option: string, path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new CommandError(
      `${option} ${path}: cannot be written (${code}); expected the path of a new file in a folder of yours`,
      EXIT.usage,
    );
  }
}
