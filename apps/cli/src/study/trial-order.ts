import { type BlockSink, trialsIn } from '@faultline/study';
import { type RowBlock, rowBlock } from './result-row.ts';

/** Takes blocks of trials cell by cell, and hands on their rows trial by trial, each with its cells in order. */
export class TrialOrder {
  readonly #take: (block: RowBlock, index: number) => void;
  #blocks: RowBlock[] = [];

  /** `take` is told which trial of which block is next; `index` counts the trials of the block from 0. */
  constructor(take: (block: RowBlock, index: number) => void) {
    this.#take = take;
  }

  readonly sink: BlockSink = (cell, columns) => {
    if (this.#blocks[0] && this.#blocks[0].columns.from !== columns.from) this.flush();
    this.#blocks.push(rowBlock(cell, columns));
  };

  /** Hands on what is left, once no further block comes. */
  flush(): void {
    const blocks = this.#blocks;
    this.#blocks = [];
    const [first] = blocks;
    const trials = first === undefined ? 0 : trialsIn(first.columns);
    for (let index = 0; index < trials; index++) for (const block of blocks) this.#take(block, index);
  }
}
