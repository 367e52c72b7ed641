import { kinds } from '@faultline/models';
import { type Block, carryOut, type ResultOf } from './block.ts';

/** What a worker thread does with each block that it is handed; the thread pool finds it by its name. */
export const work = (block: Block): ResultOf<Block> => carryOut(block, kinds);
