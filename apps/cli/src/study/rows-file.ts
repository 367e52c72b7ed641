import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, truncateSync, writeFileSync } from 'node:fs';
import { type BlockColumns, columnsOf, type TrialSummary } from '@faultline/study';
import { chunksOfLines, linesOf } from './line-reader.ts';
import { type ResultRow, rowOf } from './result-row.ts';

/**
 * The rows of a study as NDJSON, trial by trial and in each trial cell by cell: so that the rows of fewer trials are
 * the beginning of those of more. Rows that are there already are read instead of simulated; they have to come again
 * as they are.
 */
export class RowsFile {
  readonly #descriptor: number;
  readonly #hash = createHash('sha256');
  /** Bytes that were there, and their digest. */
  readonly #before: { readonly bytes: number; readonly digest: string };
  readonly #known: KnownRows;
  /** Bytes of all rows that were added. */
  #end = 0;
  #rows = 0;
  /** Rows since the last flush: on either side of the end of what was there, never on both. */
  #fresh = '';

  /** Goes on after the last whole line of the file at `path`, or begins a new one. */
  constructor(path: string) {
    this.#before = wholeLines(path);
    if (existsSync(path)) truncateSync(path, this.#before.bytes);
    this.#descriptor = openSync(path, 'a');
    this.#known = new KnownRows(this.#before.bytes > 0 ? linesOf(path) : [].values());
  }

  get rows(): number {
    return this.#rows;
  }

  /** Digest of the rows that were there when the file was opened. */
  get digestBefore(): string {
    return this.#before.digest;
  }

  /** Trials of a cell that are in the file already; undefined when not all of them are. Ask in the order of the file. */
  known(cell: number, from: number, to: number): BlockColumns | undefined {
    return this.#known.take(cell, from, to);
  }

  /** Appends a row as `rowLine` writes it, unless the file held it before. False when what the file held is something else. */
  add(row: string): boolean {
    const { bytes, digest } = this.#before;
    // Rows are ASCII: a character is a byte.
    const end = this.#end + row.length + 1;
    if (this.#end < bytes && end > bytes) return false;
    this.#end = end;
    this.#rows++;
    this.#fresh += `${row}\n`;
    if (end !== bytes) return true;
    this.flush();
    return this.#hash.copy().digest('hex') === digest;
  }

  /** Puts on disk what was added. */
  flush(): void {
    if (this.#fresh === '') return;
    const text = this.#fresh;
    this.#fresh = '';
    this.#hash.update(text);
    if (this.#end > this.#before.bytes) writeFileSync(this.#descriptor, text);
  }

  /** Digest of the whole file; null when rows were there that did not come again. */
  finish(): string | null {
    this.flush();
    fsyncSync(this.#descriptor);
    return this.#end < this.#before.bytes ? null : this.#hash.digest('hex');
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#descriptor);
    }
  }
}

/** Rows that are read as they are asked for: some trials of all cells are in memory at a time. */
class KnownRows {
  readonly #lines: Iterator<string>;
  readonly #trials = new Map<number, TrialSummary[]>();
  #next: ResultRow | null;
  #from = 0;

  constructor(lines: Iterator<string>) {
    this.#lines = lines;
    this.#next = this.#read();
  }

  take(cell: number, from: number, to: number): BlockColumns | undefined {
    if (from !== this.#from) this.#load(from, to);
    const found = this.#trials.get(cell);
    return found?.length === to - from + 1 ? columnsOf(from, found) : undefined;
  }

  #load(from: number, to: number): void {
    this.#from = from;
    this.#trials.clear();
    for (; this.#next !== null && this.#next.summary.trial <= to; this.#next = this.#read()) {
      const { cell, summary } = this.#next;
      const trials = this.#trials.get(cell);
      if (trials) trials.push(summary);
      else this.#trials.set(cell, [summary]);
    }
  }

  #read(): ResultRow | null {
    const { value, done } = this.#lines.next();
    return done ? null : rowOf(value);
  }
}

/** Size of the part of a file that consists of whole lines, and its SHA-256. */
function wholeLines(path: string): { readonly bytes: number; readonly digest: string } {
  const hash = createHash('sha256');
  let bytes = 0;
  if (existsSync(path)) {
    for (const chunk of chunksOfLines(path)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { bytes, digest: hash.digest('hex') };
}
