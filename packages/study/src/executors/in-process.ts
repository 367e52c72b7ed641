import type { DeploymentKind } from '@faultline/models';
import { carryOut } from './block.ts';
import type { Executor } from './executor.ts';

/** Carries out every block here, one after another. Between two of them the process sees signals and draws its bar. */
export function inProcessExecutor(kinds: ReadonlyMap<string, DeploymentKind>): Executor {
  return {
    width: 1,
    run: (block) =>
      new Promise((resolve, reject) => {
        setImmediate(() => {
          try {
            resolve(carryOut(block, kinds));
          } catch (error) {
            reject(error);
          }
        });
      }),
    close: () => Promise.resolve(),
  };
}
