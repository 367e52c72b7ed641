import { createHash } from 'node:crypto';
import { type Block, fromJson, toJson } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { linesOf } from './line-reader.ts';

/** `{"check":"<16 hex digits>","id":"<64 hex digits>",…`: both stand at the same place in every line. */
const HEAD = /^\{"check":"([0-9a-f]{16})",("id":"([0-9a-f]{64})",.*\})$/;

/** A line of NDJSON that holds the result of one block. */
export interface BlockLine {
  readonly id: string;
  /** Of the rest of the line: a line that was changed no longer fits it. */
  readonly check: string;
}

/** Hex digits of an id that are one exact number: ids that share them are told apart when they are read. */
const KEY_DIGITS = 13;

/** A number that stands for an id, an eighth of its size. */
export const keyOf = (id: string): number => Number.parseInt(id.slice(0, KEY_DIGITS), 16);

/** The result of a block as a line without its end: the same block is the same bytes. */
export function blockLine(id: string, { job, seed, from, to }: Block, result: unknown): string {
  const rest = toJson({ id, job, seed, from, to, result }).slice(1);
  return `{"check":"${checkOf(rest)}",${rest}`;
}

/** Null for a line that no `blockLine` wrote, or that was changed since. */
export function readBlockLine(line: string): BlockLine | null {
  const [, check, rest, id] = HEAD.exec(line) ?? [];
  return check === undefined || rest === undefined || id === undefined || checkOf(rest) !== check
    ? null
    : { id, check };
}

/** The whole lines of a file, each with its size; ends the command at one that was changed. */
export function* blockLinesOf(path: string): Generator<BlockLine & { readonly bytes: number }, void, void> {
  let place = 0;
  for (const line of linesOf(path)) {
    place++;
    const read = readBlockLine(line);
    if (read !== null) yield { ...read, bytes: Buffer.byteLength(line) + 1 };
    else
      throw new CommandError(
        `${path}:${place}: found a line that is not as it was written, expected the result of a block with its check. Put the file back, or begin again in another folder`,
        EXIT.badInput,
      );
  }
}

/** The result in a line that `readBlockLine` knows. */
export function resultIn(line: string): unknown {
  return (fromJson(line) as { result: unknown }).result;
}

function checkOf(rest: string): string {
  return createHash('sha256').update(rest).digest('hex').slice(0, 16);
}
