import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ICruiseOptions, ICruiseResult, IViolation } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BREACHES } from './layering-breaches.ts';
import { ROOT, readProjectFile, SIMULATION_FILES } from './project-files.ts';
import { descend, parse } from './syntax.ts';

let options: ICruiseOptions;
let scratch: string;

beforeAll(async () => {
  options = await extractDepcruiseOptions(join(ROOT, '.dependency-cruiser.cjs'));
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  scratch = mkdtempSync(join(ROOT, 'out', 'layering-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function violationsIn(baseDir: string, folders: string[]): Promise<readonly IViolation[]> {
  const { output } = await cruise(folders, { ...options, baseDir });
  return (output as ICruiseResult).summary.violations;
}

const adviceOf = (rule: string) => options.ruleSet?.forbidden?.find(({ name }) => name === rule)?.comment ?? '';

describe('law: imports lead down the table of layers', () => {
  it('no file of packages/ and apps/ breaks a rule of .dependency-cruiser.cjs', async () => {
    const violations = await violationsIn(ROOT, ['packages', 'apps']);
    const report = violations.map(({ rule, from, to }) => {
      const place = from === to ? from : `${from} -> ${to}`;
      return `${place} (${rule.name}). ${adviceOf(rule.name)}`;
    });
    expect(report).toEqual([]);
  });

  it('no type is imported in the middle of an expression, where the rules cannot see it', () => {
    const report = SIMULATION_FILES.flatMap((path) => {
      const { root, lineAt } = parse(readProjectFile(path));
      const hidden = [...descend(root)].filter(({ node }) => node.type === 'TsImportType');
      return hidden.map(({ node }) => `${path}:${lineAt(node.span.start)}: write import type at the top of the file.`);
    });
    expect(report).toEqual([]);
  });

  it('every rule finds the breach that it was written for, and nothing else in the same files', async () => {
    for (const [rule, files] of Object.entries(BREACHES)) {
      for (const [path, source] of Object.entries(files)) {
        const file = join(scratch, rule, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, source);
      }
    }
    const violations = await violationsIn(scratch, Object.keys(BREACHES));
    const found = new Set(violations.map(({ rule, from }) => `${from.split('/')[0]} broke ${rule.name}`));
    const rules = options.ruleSet?.forbidden?.map(({ name }) => `${name} broke ${name}`) ?? [];
    expect([...found].sort()).toEqual(rules.sort());
  });
});
