import { createReadStream } from 'node:fs';
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
  if (/\.edn$/i.test(file)) return 'edn';
  return /\.(?:json|ndjson|jsonl)$/i.test(file) ? 'json' : undefined;
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
  for await (const bytes of bytesOf(file)) {
    const text = decoded(bytes);
    yield text;
    line += text.split('\n').length - 1;
  }
  yield decoded();
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new CommandError(`${nameOf(file)}: cannot be read (${code}); ${EXPECTED}`, EXIT.badInput);
  }
}
