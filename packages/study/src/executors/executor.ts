import type { TrialBlock } from '../trial.ts';
import type { TrialSummary } from '../trial-summary.ts';

/** Runs blocks of trials somewhere. What a block yields does not depend on where, or in which order. */
export interface Executor {
  /** Blocks that it can usefully have at the same time. */
  readonly width: number;
  run(block: TrialBlock): Promise<readonly TrialSummary[]>;
  close(): Promise<void>;
}
