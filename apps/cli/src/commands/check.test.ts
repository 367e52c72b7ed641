import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kinds } from '@faultline/models';
import { afterAll, describe, expect, it } from 'vitest';
import { checkInvariants, checkPlan } from '../check/check-plan.ts';
import { runCheck } from '../check/check-search.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'faultline-check-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function check(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'check', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

describe('faultline check', () => {
  it('says how much it ran and what of the model it exercised, and how to run it again', () => {
    const { status, stdout } = check('--kind', 'rds.single-az', '--runs', '10');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/no run broke any of \d+ invariants\n10 runs in/)]);
    expect(stdout).toMatch(/rds\.single-az +\d+ of \d+ +\d+ of \d+\nfaults: \d+ of \d+/);
    expect(stdout).toContain('replay: faultline check --kind rds.single-az --runs 10 --seed 7');
  });

  it('runs the same for the same seed', () => {
    const result = () => {
      const { seconds: _, ...rest } = JSON.parse(check('--kind', 'aurora.cluster', '--runs', '5', '--json').stdout);
      return rest;
    };
    expect(result()).toEqual(result());
  });

  it('begins with the scenario that it is given', () => {
    const file = 'simulations/rds-multi-az-instance/host-failure.yaml';
    const { status, stdout } = check(file, '--runs', '1', '--json');
    expect([status, JSON.parse(stdout).runs]).toEqual([0, 1]);
  });

  it.each([
    [['--kind', 'rds.multi-az'], 64, '--kind: found "rds.multi-az", expected one of'],
    [['--runs', 'many'], 64, '--runs: found "many", expected a whole number'],
    [['--time', '30'], 64, '--time: found "30", expected a duration with its unit'],
    [['--invariant', 'single-writers'], 64, 'did you mean single-writer?'],
    [['no-such-file.yaml'], 65, 'no-such-file.yaml: cannot be read'],
  ])('refuses %j', (args, code, message) => {
    const { status, stderr } = check(...args);
    expect([status, stderr]).toEqual([code, expect.stringContaining(message)]);
  });

  it('ends with 2 when there was no time for a single run', () => {
    expect(check('--time', '1us', '--kind', 'rds.single-az').status).toBe(2);
  });
});

describe('a run that breaks a promise', () => {
  it('leaves its smallest scenario, trace and story, the same for the same seed', () => {
    const kind = kinds.get('rds.multi-az-instance');
    if (!kind) throw new Error('no kind');
    const neverDown = {
      name: 'never-fenced',
      meaning: 'Nobody is ever fenced.',
      promisedBy: [{ promise: 'Nobody promises this.', source: 'a test', date: '2026-11' }],
      applies: () => true,
      watch: () => ({
        add: (record: { readonly type: string; readonly atUs: number }) =>
          'fenced' in record && record.fenced === true
            ? [{ invariant: 'never-fenced', atUs: record.atUs, database: 'orders', what: 'Fenced.', evidence: [] }]
            : [],
        end: () => [],
      }),
    };
    const search = () =>
      runCheck(checkPlan([kind], null, '7', [neverDown]), { runsMax: 500, timeMs: 60_000, out: scratch })
        .counterexample;
    const found = search();
    if (!found) throw new Error('nothing was found');
    expect(found.faults).toBe(1);
    expect(readFileSync(join(found.folder, 'report.txt'), 'utf8')).toContain('What was promised');
    expect(readFileSync(join(found.folder, 'trace.ndjson'), 'utf8')).toContain('"fenced":true');
    expect(readFileSync(join(found.folder, 'scenario.yaml'), 'utf8')).toContain('scenario: never-fenced-broken');
    expect(search()).toEqual(found);
  });

  it('is shown again by its scenario', () => {
    const file = join(scratch, 'healthy.yaml');
    writeFileSync(file, readFileSync(join(ROOT, 'simulations/found/region-outage-during-restart.yaml')));
    expect(checkInvariants('returns-to-service').map(({ name }) => name)).toEqual(['returns-to-service']);
    expect(check(file, '--runs', '1', '--invariant', 'returns-to-service').status).toBe(0);
  });
});
