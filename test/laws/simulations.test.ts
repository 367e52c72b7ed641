import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_LIMIT_MS, type Ending, requireBuild, runLine } from './command-line.ts';
import { PROJECT_FILES, ROOT } from './project-files.ts';

const SIMULATIONS = PROJECT_FILES.filter((path) => /^simulations\/.+\.yaml$/.test(path));
const EXPECTED = '.expected.json';
const expectedBeside = (path: string) => path.replace(/\.yaml$/, EXPECTED);

/** What is recorded of a run: enough to notice any change, little enough to read in a review. */
function resultOf({ exitCode, stdout, stderr }: Ending): string {
  if (exitCode === null || exitCode > 2) throw new Error(`exit code ${exitCode}\n${stderr}`);
  const document = JSON.parse(stdout) as { digest: string; verdicts: unknown; exitCode: number };
  if (document.exitCode !== exitCode) throw new Error(`it says ${document.exitCode} and exits with ${exitCode}`);
  const { digest, verdicts } = document;
  return `${JSON.stringify({ exitCode, digest, verdicts }, null, 2)}\n`;
}

describe('law: every simulation gives its recorded result', () => {
  beforeAll(() => {
    console.info(`${SIMULATIONS.length} simulations to run`);
    if (SIMULATIONS.length > 0) requireBuild();
  });

  // vitest.config.ts forbids writing snapshots unless asked to: `npm run simulations:record`.
  it.each(SIMULATIONS)(
    '%s',
    async (path) => {
      const advice = `To see it: npx faultline run ${path}. If the change is meant: npm run simulations:record`;
      const result = resultOf(runLine(`faultline run ${path} --json`));
      await expect(result, advice).toMatchFileSnapshot(join(ROOT, expectedBeside(path)));
    },
    COMMAND_LIMIT_MS + 10_000,
  );

  it('no recorded result is left without its simulation', () => {
    const recorded = PROJECT_FILES.filter((path) => path.startsWith('simulations/') && path.endsWith(EXPECTED));
    const orphans = recorded.filter((path) => !existsSync(join(ROOT, path.replace(EXPECTED, '.yaml'))));
    expect(orphans).toEqual([]);
  });

  it('refuses a run that failed, and one that contradicts itself', () => {
    const document = { digest: 'ab12', verdicts: [], exitCode: 1, seconds: 3 };
    const ending = { exitCode: 1, stdout: JSON.stringify(document), stderr: '' };
    expect(JSON.parse(resultOf(ending))).toEqual({ exitCode: 1, digest: 'ab12', verdicts: [] });
    expect(() => resultOf({ ...ending, exitCode: 0 })).toThrow('it says 1 and exits with 0');
    expect(() => resultOf({ ...ending, exitCode: 65, stderr: 'line 3' })).toThrow('exit code 65\nline 3');
  });
});
