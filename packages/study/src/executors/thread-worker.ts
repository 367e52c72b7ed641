import { kinds } from '@faultline/models';
import { type Block, carryOut, type ResultOf } from './block.ts';
import { KnownScenarios } from './known-scenarios.ts';

const scenarios = new KnownScenarios();

/** What a worker thread does with each block that it is handed; the thread pool finds it by its name. */
export const work = (block: Block): ResultOf<Block> =>
  carryOut('scenario' in block ? { ...block, scenario: scenarios.one(block.scenario) } : block, kinds);
