import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'faultline-killed-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const shop = readFileSync(join(ROOT, 'simulations/studies/small-shop.yaml'), 'utf8')
  .replace('15m', '4m')
  .replace('count: 10', 'count: 1')
  .replace('5/s', '1/s');
writeFileSync(join(scratch, 'shop.yaml'), shop);

const BESIDE = join(scratch, 'beside.study.yaml');
const beside = (trials: number): void =>
  writeFileSync(
    BESIDE,
    `study: beside\nscenario: shop.yaml\nseed: 7\ntrials: 20\nrare: { recoveryOver: 90s, trials: ${trials}, pilot: 200 }
availability:
  trials: 50
  years: 200
  unrecovered: 1h
  failures: { host: { perYear: 2, fail: orders.primary, cause: host-failure } }
`,
  );
beside(200);

const SEARCH = join(scratch, 'cheapest.study.yaml');
writeFileSync(
  SEARCH,
  `study: cheapest\nscenario: shop.yaml\nseed: 7\ntrials: 100\nobjectives: { rto: 60s }
factors:
  timeout: { path: topology.clients.checkout.driver.connectTimeout, values: [1s, 10s], costs: [1, 0] }
`,
);

const faultline = (...args: readonly string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: scratch, encoding: 'utf8', timeout: 100_000 });

/** Starts a study and sends a signal as soon as blocks are on disk. */
function stoppedInTheMiddle(
  folder: string,
  signal: NodeJS.Signals,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stderr: string }> {
  const blocks = join(scratch, folder, 'blocks.ndjson');
  const child = spawn(process.execPath, [BIN, 'study', ...args, '--out', folder], { cwd: scratch });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const watch = setInterval(() => {
    if (!existsSync(blocks) || statSync(blocks).size === 0) return;
    clearInterval(watch);
    child.kill(signal);
  }, 2);
  return new Promise((resolve) => {
    child.once('close', (code, by) => {
      clearInterval(watch);
      resolve({ code, signal: by, stderr });
    });
  });
}

const filesOf = (folder: string) =>
  readdirSync(join(scratch, folder)).map((name) => [name, readFileSync(join(scratch, folder, name), 'utf8')]);
const lines = (folder: string): number =>
  readFileSync(join(scratch, folder, 'blocks.ndjson'), 'utf8').split('\n').length - 1;

describe.each([
  ['what stands beside the grid', [BESIDE]],
  ['a search', [SEARCH, '--search']],
])('%s', (_, args) => {
  const [whole, stopped, killed] = ['whole', 'stopped', 'killed'].map((one) => `${one}-${args.length}`) as [
    string,
    string,
    string,
  ];

  it('goes on after Ctrl-C and after a kill, and ends with the same bytes whoever carries it out', async () => {
    const uninterrupted = faultline('study', ...args, '--out', whole, '--workers', '0');
    expect(uninterrupted.stderr).toContain(`results: ${whole}`);

    const interrupted = await stoppedInTheMiddle(stopped, 'SIGINT', ...args, '--workers', '1');
    expect([interrupted.code, interrupted.stderr]).toEqual([
      2,
      `stopped before the end: the same command goes on from ${stopped}\n`,
    ]);
    expect(lines(stopped)).toBeLessThan(lines(whole));
    expect((await stoppedInTheMiddle(killed, 'SIGKILL', ...args, '--workers', '2')).signal).toBe('SIGKILL');
    for (const folder of [stopped, killed]) {
      expect(faultline('study', ...args, '--out', folder, '--workers', '2').status).toBe(uninterrupted.status);
      expect(filesOf(folder)).toEqual(filesOf(whole));
    }
  });

  it('can be repeated from its folder, and tells what was changed there', () => {
    const { status, stdout } = faultline('study', '--reproduce', whole, '--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([
      0,
      { reproduced: true, blocks: lines(whole), differentBlocks: 0, sameResult: true },
    ]);
    writeFileSync(join(scratch, killed, 'report.html'), 'something else');
    const changed = faultline('study', '--reproduce', killed);
    expect(changed.status).toBe(65);
    expect(changed.stderr).toMatch(/report.html: found contents that are not those of the manifest/);
  });
});

it('is extended by what is missing alone, and never made smaller', () => {
  beside(300);
  const before = lines('whole-1');
  expect(faultline('study', BESIDE, '--out', 'whole-1').stderr).toContain('results: whole-1');
  expect(lines('whole-1')).toBe(before + 2);
  beside(250);
  const smaller = faultline('study', BESIDE, '--out', 'whole-1');
  expect(smaller.status).toBe(64);
  expect(smaller.stderr).toContain('found a result of 300 trials for `rare`, expected no more than the 250');
});
