import type { BlockSink, TrialSummary } from '@faultline/study';

/** Takes blocks of trials cell by cell, and hands on their rows trial by trial, each with its cells in order. */
export class TrialOrder {
  readonly #take: (cell: number, summary: TrialSummary) => void;
  #blocks: { readonly cell: number; readonly summaries: readonly TrialSummary[] }[] = [];

  constructor(take: (cell: number, summary: TrialSummary) => void) {
    this.#take = take;
  }

  readonly sink: BlockSink = (cell, summaries) => {
    if (this.#blocks[0] && this.#blocks[0].summaries[0]?.trial !== summaries[0]?.trial) this.flush();
    this.#blocks.push({ cell, summaries });
  };

  /** Hands on what is left, once no further block comes. */
  flush(): void {
    const blocks = this.#blocks;
    this.#blocks = [];
    for (const index of (blocks[0]?.summaries ?? []).keys()) {
      for (const { cell, summaries } of blocks) this.#take(cell, summaries[index] as TrialSummary);
    }
  }
}
