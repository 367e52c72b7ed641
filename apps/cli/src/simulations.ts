import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../simulations/', import.meta.url));

/** The scenarios that come with the project, with the summary that each states. */
export function bundledScenarios(): readonly { readonly name: string; readonly summary: string }[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.endsWith('.study.yaml'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(FOLDER, path), 'utf8');
      const summary = /^summary:\s*(["']?)(.+)\1$/m.exec(text)?.[2] ?? '';
      return { name: relative(process.cwd(), join(FOLDER, path)), summary };
    });
}
