import { kinds } from '@faultline/models';
import { runBlock, type TrialBlock } from '../trial.ts';
import type { TrialSummary } from '../trial-summary.ts';

/** What a worker thread does with each block that it is handed. */
export const work = (block: TrialBlock): readonly TrialSummary[] => runBlock(block, kinds);

// biome-ignore lint/style/noDefaultExport: the thread pool calls the default export of this file.
export default work;
