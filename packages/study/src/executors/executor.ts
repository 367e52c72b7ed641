import type { Block, ResultOf } from './block.ts';

/** Carries out blocks of work somewhere. What a block yields does not depend on where, or in which order. */
export interface Executor {
  /** Blocks that it can usefully have at the same time. */
  readonly width: number;
  run<Work extends Block>(block: Work): Promise<ResultOf<Work>>;
  close(): Promise<void>;
}
