import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireBuild, runLine } from './command-line.ts';
import { PROJECT_FILES, ROOT } from './project-files.ts';
import { describeRecorded, EXPECTED, resultOf, SIMULATIONS } from './recorded-simulations.ts';

describeRecorded(1);

describe('law: recorded results belong to simulations', () => {
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
