import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BadHistory, type HistoryFormat, HistoryReader } from '@faultline/checkers';
import { CommandError, EXIT } from './exit-codes.ts';

type Events = ReturnType<HistoryReader['end']>;

const EXPECTED = 'expected the path of a history, for example packages/checkers/test/histories/stale-read.edn';

/** Reads a history piece by piece from a file, or from standard input if it is called `-`; ends the command if it is none. */
export async function readHistory(file: string): Promise<Events> {
  const reader = new HistoryReader(formatOf(file));
  try {
    for await (const text of textOf(file)) reader.push(text);
    return reader.end();
  } catch (error) {
    throw asCommandError(error, file);
  }
}

/** What is wrong with the history, under the name of its file. */
export function asCommandError(error: unknown, file: string): unknown {
  if (!(error instanceof BadHistory)) return error;
  return new CommandError(`${nameOf(file)}: ${error.message}`, EXIT.badInput);
}

const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

function formatOf(file: string): HistoryFormat | undefined {
  if (/\.edn(?:\.gz)?$/i.test(file)) return 'edn';
  return /\.(?:json|ndjson|jsonl)(?:\.gz)?$/i.test(file) ? 'json' : undefined;
}

async function* textOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new CommandError(
        `${nameOf(file)}: found bytes that are not UTF-8 on line ${line} or after, expected a history as UTF-8 text`,
        EXIT.badInput,
      );
    }
  };
  for await (const bytes of unpacked(bytesOf(file), file)) {
    const text = decoded(bytes);
    yield text;
    line += text.split('\n').length - 1;
  }
  yield decoded();
}

/** What a file packed with gzip holds; all others as they are. */
async function* unpacked(packed: AsyncGenerator<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const { value: first, done } = await packed.next();
  if (done) return;
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield first;
    yield* packed;
    return;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield first;
    yield* packed;
  };
  try {
    yield* Readable.from(all()).pipe(createGunzip());
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new CommandError(`${nameOf(file)}: cannot be unpacked (${code}), expected a whole gzip file`, EXIT.badInput);
  }
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new CommandError(`${nameOf(file)}: cannot be read (${code}); ${EXPECTED}`, EXIT.badInput);
  }
}
