import type { RareResult } from '@faultline/metrics';
import type { RareSpec, StudyCell } from '@faultline/scenario';
import type { Rounds } from '../executors/run-all.ts';
import type { RareBlock } from './rare-block.ts';
import { RareRun } from './rare-run.ts';
import type { SplittingBlock } from './splitting-block.ts';
import { SplittingRun } from './splitting-run.ts';

/** The chance of a rare event in one cell, by the method that the study asks for. */
export function rareRun(
  cell: StudyCell,
  spec: RareSpec,
  seed: string,
): Rounds<RareBlock | SplittingBlock> & { result(): RareResult } {
  return spec.method === 'splitting' ? new SplittingRun(cell, spec, seed) : new RareRun(cell, spec, seed);
}
