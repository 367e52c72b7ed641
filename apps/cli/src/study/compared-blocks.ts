import { existsSync } from 'node:fs';
import type { Block, BlockMemory } from '@faultline/study';
import { blockLine, blockLinesOf, keyOf, readBlockLine } from './block-line.ts';

/** Blocks of a study that is run again, held against those that a file holds. */
export class ComparedBlocks implements BlockMemory {
  readonly #kept = new Map<number, string>();
  readonly #found = new Set<number>();
  #others = 0;

  /** `path` need not be there: nothing was kept then. */
  constructor(path: string) {
    if (!existsSync(path)) return;
    for (const { id, check } of blockLinesOf(path)) this.#kept.set(keyOf(id), check);
  }

  recall(): undefined {}

  keep(id: string, block: Block, result: unknown): void {
    const key = keyOf(id);
    if (this.#found.has(key)) return;
    this.#found.add(key);
    if (readBlockLine(blockLine(id, block, result))?.check !== this.#kept.get(key)) this.#others++;
  }

  /** How many blocks were carried out, and how many of them came out otherwise or were not there; missing ones count. */
  finish(): { readonly blocks: number; readonly differentBlocks: number } {
    const missing = [...this.#kept.keys()].filter((key) => !this.#found.has(key)).length;
    return { blocks: this.#found.size, differentBlocks: this.#others + missing };
  }
}
