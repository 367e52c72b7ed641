import { rmSync, statSync, writeFileSync } from 'node:fs';
import { CommandError, EXIT } from './exit-codes.ts';

/** Nobody's results are overwritten. */
function refuseExisting(option: string, path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  const expected = there.isDirectory()
    ? 'found a folder, expected the path of a new file in it'
    : 'found a file that is there already, expected the path of a new one: name another, or remove it';
  throw new CommandError(`${option} ${path}: ${expected}`, EXIT.usage);
}

/** Refuses a path at which no new file can be written, before any work is done for it. Leaves nothing there. */
export function refuseUnwritable(option: string, path: string): void {
  refuseExisting(option, path);
  writeNewFile(option, path, '');
  rmSync(path, { force: true });
}

/** Writes a file that was not there before. */
export function writeNewFile(option: string, path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const why = code === 'ENOENT' ? 'there is no such folder' : code;
    throw new CommandError(
      `${option} ${path}: cannot be written (${why}); expected the path of a new file in a folder of yours`,
      EXIT.usage,
    );
  }
}
