import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../apps/cli/src/scenario-file.ts';
import { runSimulation } from '../../apps/cli/src/simulation-run.ts';
import { COMMAND_LIMIT_MS } from './command-line.ts';
import { PROJECT_FILES, ROOT } from './project-files.ts';

/** Studies vary a scenario; they are none. */
export const SIMULATIONS = PROJECT_FILES.filter((path) => /^simulations\/.+(?<!\.study)\.yaml$/.test(path));
export const EXPECTED = '.expected.json';

/** What is recorded of a run: enough to notice any change, little enough to read in a review. */
export function resultOf(path: string): string {
  const { exitCode, digest, verdicts } = runSimulation(readScenario(join(ROOT, path), undefined));
  return `${JSON.stringify({ exitCode, digest, verdicts }, null, 2)}\n`;
}

/**
 * Tests that every second simulation gives its recorded result, from the given place on. They are told apart in two
 * files, because a file is tested on one core.
 */
export function describeRecorded(from: 0 | 1): void {
  const paths = SIMULATIONS.filter((_, place) => place % 2 === from);
  describe('law: every simulation gives its recorded result', () => {
    // vitest.config.ts forbids writing snapshots unless asked to: `npm run simulations:record`.
    it.each(paths)(
      '%s',
      async (path) => {
        const advice = `To see it: npx faultline run ${path}. If the change is meant: npm run simulations:record`;
        await expect(resultOf(path), advice).toMatchFileSnapshot(join(ROOT, path.replace(/\.yaml$/, EXPECTED)));
      },
      COMMAND_LIMIT_MS + 10_000,
    );
  });
}
