import type { Block, ResultOf } from './block.ts';
import { blockId } from './block-id.ts';
import type { Executor } from './executor.ts';

/** Where results of blocks are kept. A result that is there stands for carrying the block out. */
export interface BlockMemory {
  /** The result of a block as it was kept; undefined where there is none. Every block is asked for before it is kept. */
  recall(id: string): unknown;
  /** Keeps what was not there. */
  keep(id: string, block: Block, result: unknown): void;
}

/** Carries out what a memory does not hold, and has it keep the rest. Blocks are known by what they say. */
export function rememberingExecutor(executor: Executor, memory: BlockMemory): Executor {
  return {
    width: executor.width,
    async run<Work extends Block>(block: Work): Promise<ResultOf<Work>> {
      const id = blockId(block);
      const known = memory.recall(id);
      if (known !== undefined) return known as ResultOf<Work>;
      const result = await executor.run(block);
      memory.keep(id, block, result);
      return result;
    },
    close: () => executor.close(),
  };
}
