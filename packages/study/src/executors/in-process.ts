import type { DeploymentKind } from '@faultline/models';
import { carryOut } from './block.ts';
import type { Executor } from './executor.ts';

/** Carries out every block here and now. */
export function inProcessExecutor(kinds: ReadonlyMap<string, DeploymentKind>): Executor {
  return {
    width: 1,
    run: (block) => Promise.resolve(carryOut(block, kinds)),
    close: () => Promise.resolve(),
  };
}
