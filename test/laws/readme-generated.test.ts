import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireBuild, runLine } from './command-line.ts';
import { ROOT, readProjectFile } from './project-files.ts';

const EXAMPLE = 'simulations/rds-multi-az-instance/host-failure.yaml';
/** A thousand trials of every case take a minute on two idle cores. */
const VALIDATION_LIMIT_MS = 400_000;
const README = join(ROOT, 'README.md');
const fenced = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** What stands between `<!-- generated: NAME -->` and `<!-- /generated -->`, as the project itself makes it now. */
const BLOCKS: Readonly<Record<string, () => string>> = {
  run: () => fenced('text', runLine(`faultline run ${EXAMPLE}`).stdout),
  scenario: () => fenced('yaml', readProjectFile(EXAMPLE)),
  validate: () => runLine('faultline validate --trials 1000 --markdown', VALIDATION_LIMIT_MS).stdout.trimEnd(),
};

const between = (name: string) => new RegExp(`(<!-- generated: ${name} -->\\n)([^]*?)(<!-- /generated -->)`);

describe('law: what the README shows is what the project prints', () => {
  beforeAll(requireBuild);

  it.each(Object.entries(BLOCKS))(
    '%s',
    (name, make) => {
      const text = readFileSync(README, 'utf8');
      const found = between(name).exec(text)?.[2]?.trim();
      const made = make();
      expect(made.length, 'the command printed nothing').toBeGreaterThan(100);
      // `npm run docs:record` sets this, and rewrites the block instead of holding it against the result.
      if (process.env.FAULTLINE_RECORD)
        writeFileSync(
          README,
          text.replace(between(name), (_, open, __, close) => `${open}${made}\n${close}`),
        );
      else expect(found, 'If the change is meant: npm run docs:record').toBe(made);
    },
    VALIDATION_LIMIT_MS + 10_000,
  );
});
