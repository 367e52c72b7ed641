import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, truncateSync, writeSync } from 'node:fs';
import type { Block, BlockMemory } from '@faultline/study';
import { blockLine, blockLinesOf, keyOf, readBlockLine, resultIn } from './block-line.ts';

/**
 * Results of blocks as NDJSON, one line each, in the order in which they were finished while a study is under way, and
 * in the order in which it asked for them once it is whole: the same bytes however often it was stopped. The results
 * stay on disk; where they lie is in memory, a few dozen bytes for each block.
 */
export class KeptBlocks implements BlockMemory {
  readonly #path: string;
  #descriptor: number | null = null;
  #closed = false;
  /** The line of each block, and where each line begins; the last entry is the size of the file. */
  readonly #lines = new Map<number, number>();
  readonly #begins: number[] = [0];
  readonly #asked = new Set<number>();

  /** Goes on after the last whole line of the file at `path`, which need not be there. */
  constructor(path: string) {
    this.#path = path;
    if (!existsSync(path)) return;
    for (const { id, bytes } of blockLinesOf(path)) this.#note(keyOf(id), bytes);
    truncateSync(path, this.#size);
  }

  recall(id: string): unknown {
    const key = keyOf(id);
    this.#asked.add(key);
    const line = this.#lines.get(key);
    if (line === undefined) return undefined;
    const text = this.#read(line).toString('utf8');
    return readBlockLine(text.trimEnd())?.id === id ? resultIn(text) : undefined;
  }

  keep(id: string, block: Block, result: unknown): void {
    // What was under way when the study was stopped may still come in.
    if (this.#closed || this.#lines.has(keyOf(id))) return;
    const line = Buffer.from(`${blockLine(id, block, result)}\n`);
    writeSync(this.#open(), line);
    this.#note(keyOf(id), line.length);
  }

  /** Puts the lines in their order. Returns how many there are; null where the study asked for none. */
  finish(): number | null {
    if (this.#asked.size === 0) return null;
    const order = [...this.#asked].map((key) => this.#lines.get(key) as number);
    if (order.length !== this.#lines.size || order.some((line, place) => line !== place)) this.#rewrite(order);
    else fsyncSync(this.#open());
    return order.length;
  }

  close(): void {
    this.#closed = true;
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  get #size(): number {
    return this.#begins.at(-1) as number;
  }

  #note(key: number, bytes: number): void {
    this.#lines.set(key, this.#begins.length - 1);
    this.#begins.push(this.#size + bytes);
  }

  #open(): number {
    this.#descriptor ??= openSync(this.#path, 'a+');
    return this.#descriptor;
  }

  #read(line: number): Buffer {
    const from = this.#begins[line] as number;
    const text = Buffer.alloc((this.#begins[line + 1] as number) - from);
    readSync(this.#open(), text, 0, text.length, from);
    return text;
  }

  #rewrite(order: readonly number[]): void {
    const partial = `${this.#path}.partial`;
    const target = openSync(partial, 'w');
    try {
      for (const line of order) writeSync(target, this.#read(line));
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
    this.close();
    renameSync(partial, this.#path);
  }
}
