import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const NOT_OURS = new Set(['.git', 'node_modules', 'dist', 'out']);

function* walk(folder: string): Generator<string> {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !NOT_OURS.has(entry.name)) yield* walk(path);
    if (entry.isFile()) yield path;
  }
}

/** Every file that somebody wrote, in order, relative to the root and with `/` between its parts. */
export const PROJECT_FILES: readonly string[] = [...walk('')];

/** Tests and what only they import. */
export const isTest = (path: string): boolean =>
  path.endsWith('.test.ts') || path.includes('/src/testing/') || /^(?:packages\/[^/]+\/)?test\//.test(path);

/** All TypeScript of the project, tests included. */
export const TYPESCRIPT_FILES = PROJECT_FILES.filter((path) => path.endsWith('.ts'));

/** Where work is handed to threads or machines: it waits for them, and simulates nothing. */
const EXECUTORS = 'packages/study/src/executors/';

/** The code below apps/: what has to be deterministic. */
export const SIMULATION_FILES = TYPESCRIPT_FILES.filter(
  (path) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path) && !path.startsWith(EXECUTORS),
);

/** Folders with a package.json of their own, e.g. `packages/clock`. */
export const WORKSPACES = PROJECT_FILES.filter((path) => /^(?:packages|apps)\/[^/]+\/package\.json$/.test(path)).map(
  (path) => path.replace('/package.json', ''),
);

export const readProjectFile = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
