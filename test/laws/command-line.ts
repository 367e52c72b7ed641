import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PROJECT_FILES, ROOT, WORKSPACES } from './project-files.ts';

/** More than any command of a README or any simulation may take. */
export const COMMAND_LIMIT_MS = 60_000;

export interface Ending {
  /** Null when the command was killed, e.g. for taking too long. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line as a shell at the root of the project would, with the project's own commands first on its path. */
export function runLine(line: string, limitMs = COMMAND_LIMIT_MS): Ending {
  const path = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync(line, {
    cwd: ROOT,
    env: { ...process.env, PATH: path },
    shell: true,
    encoding: 'utf8',
    timeout: limitMs,
    maxBuffer: 1 << 28,
  });
  return { exitCode: status, stdout, stderr };
}

const changedAt = (path: string) => statSync(join(ROOT, path)).mtimeMs;

/** The page is built by itself. */
const PAGE = { sources: 'apps/dashboard/src/client/', built: 'apps/dashboard/dist/client/index.html' };

/** Whether something is missing, or older than the files that it is made from. */
function isStale(built: string, sources: readonly string[]): boolean {
  return !existsSync(join(ROOT, built)) || sources.some((path) => changedAt(path) > changedAt(built));
}

/** Throws when `faultline` is not built, or not from the sources as they are now. */
export function requireBuild(): void {
  // Nothing is built from tests, nor from what they recorded.
  const sources = PROJECT_FILES.filter((path) => !path.endsWith('.test.ts') && !path.includes('.expected.'));
  const ofPage = sources.filter((path) => path.startsWith(PAGE.sources));
  const stale = WORKSPACES.filter((folder) => {
    const own = sources.filter((path) => path.startsWith(`${folder}/src/`) && !path.startsWith(PAGE.sources));
    return isStale(`${folder}/dist/.tsbuildinfo`, own);
  });
  if (isStale(PAGE.built, ofPage)) stale.push(PAGE.sources);
  if (stale.length > 0) throw new Error(`not built from these sources: ${stale.join(', ')}. Run: npm run build`);
}
