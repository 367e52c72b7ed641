import type { DeploymentKind } from '@faultline/models';
import { runBlock } from '../trial.ts';
import type { Executor } from './executor.ts';

/** Runs every block here and now. */
export function inProcessExecutor(kinds: ReadonlyMap<string, DeploymentKind>): Executor {
  return {
    width: 1,
    run: (block) => Promise.resolve(runBlock(block, kinds)),
    close: () => Promise.resolve(),
  };
}
