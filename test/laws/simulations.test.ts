import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readScenario } from '../../apps/cli/src/scenario-file.ts';
import { runSimulation } from '../../apps/cli/src/simulation-run.ts';
import { COMMAND_LIMIT_MS, requireBuild, runLine } from './command-line.ts';
import { PROJECT_FILES, ROOT } from './project-files.ts';

/** Studies vary a scenario; they are none. */
const SIMULATIONS = PROJECT_FILES.filter((path) => /^simulations\/.+(?<!\.study)\.yaml$/.test(path));
const EXPECTED = '.expected.json';
const expectedBeside = (path: string) => path.replace(/\.yaml$/, EXPECTED);

/** What is recorded of a run: enough to notice any change, little enough to read in a review. */
function resultOf(path: string): string {
  const { exitCode, digest, verdicts } = runSimulation(readScenario(join(ROOT, path), undefined));
  return `${JSON.stringify({ exitCode, digest, verdicts }, null, 2)}\n`;
}

describe('law: every simulation gives its recorded result', () => {
  beforeAll(() => console.info(`${SIMULATIONS.length} simulations to run`));

  // vitest.config.ts forbids writing snapshots unless asked to: `npm run simulations:record`.
  it.each(SIMULATIONS)(
    '%s',
    async (path) => {
      const advice = `To see it: npx faultline run ${path}. If the change is meant: npm run simulations:record`;
      await expect(resultOf(path), advice).toMatchFileSnapshot(join(ROOT, expectedBeside(path)));
    },
    COMMAND_LIMIT_MS + 10_000,
  );

  it('no recorded result is left without its simulation', () => {
    const recorded = PROJECT_FILES.filter((path) => path.startsWith('simulations/') && path.endsWith(EXPECTED));
    const orphans = recorded.filter((path) => !existsSync(join(ROOT, path.replace(EXPECTED, '.yaml'))));
    expect(orphans).toEqual([]);
  });

  it('the command in a process of its own gives the same', () => {
    requireBuild();
    const path = SIMULATIONS[0] as string;
    const { digest, verdicts, exitCode } = JSON.parse(runLine(`faultline run ${path} --json`).stdout) as Recorded;
    expect({ exitCode, digest, verdicts }).toEqual(JSON.parse(resultOf(path)));
  });
});

interface Recorded {
  readonly digest: string;
  readonly verdicts: unknown;
  readonly exitCode: number;
}
