import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CommandError, EXIT } from '../exit-codes.ts';

export const LOCK = 'lock.json';

const BEAT_MS = 5_000;
/** A process that has not been heard of for so long is gone, on whatever machine it ran. */
const SILENT_MS = 60_000;

/** Keeps a second process out of a folder. A process that was killed leaves its lock, which the next one takes over. */
export class FolderLock {
  readonly #path: string;
  readonly #beat: NodeJS.Timeout;

  /** Ends the command when another process is at work in the folder. */
  constructor(folder: string) {
    this.#path = join(folder, LOCK);
    const text = JSON.stringify({ pid: process.pid, host: hostname() });
    try {
      writeFileSync(this.#path, text, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      refuseHeld(folder, this.#path);
      writeFileSync(this.#path, text);
    }
    this.#beat = setInterval(() => touch(this.#path), BEAT_MS);
    this.#beat.unref();
  }

  release(): void {
    clearInterval(this.#beat);
    rmSync(this.#path, { force: true });
  }
}

function refuseHeld(folder: string, path: string): void {
  const { pid, host } = holderOf(path);
  const here = host === hostname();
  if (here && (pid === process.pid || !isAlive(pid))) return;
  if (Date.now() - statSync(path).mtimeMs > SILENT_MS) return;
  throw new CommandError(
    `--out ${folder}: found another process at work there (${pid} on ${host}), expected a folder that nobody writes to. Wait until it has ended; one that died elsewhere is forgotten after ${SILENT_MS / 1_000} seconds`,
    EXIT.usage,
  );
}

/** A lock that was cut short by a kill belongs to nobody. */
function holderOf(path: string): { readonly pid: number; readonly host: string } {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, 'utf8')) as { pid?: unknown; host?: unknown };
    if (typeof pid === 'number' && typeof host === 'string') return { pid, host };
  } catch {
    // Told by what is returned.
  }
  return { pid: process.pid, host: hostname() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Somebody removed the folder: the next write of rows says so.
  }
}
