import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 18;
const LINE_FEED = 10;

/** The whole lines of a file one after another, without their ends, whatever its size. What follows the last line end is left out. */
export function* linesOf(path: string): Generator<string, void, void> {
  for (const lines of chunksOfLines(path)) yield* lines.toString('utf8').slice(0, -1).split('\n');
}

/** A file in pieces that each hold some whole lines, with their ends. */
export function* chunksOfLines(path: string): Generator<Buffer, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of chunksOf(path)) {
    const known = Buffer.concat([rest, chunk]);
    const end = known.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) yield known.subarray(0, end);
    rest = known.subarray(end);
  }
}

/** A file piece by piece. Each piece is gone when the next one is asked for. */
export function* chunksOf(path: string): Generator<Buffer, void, void> {
  const descriptor = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK);
    for (let size = readSync(descriptor, chunk); size > 0; size = readSync(descriptor, chunk)) {
      yield chunk.subarray(0, size);
    }
  } finally {
    closeSync(descriptor);
  }
}
