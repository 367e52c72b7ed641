import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'faultline-killed-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const STUDY = join(scratch, 'two.study.yaml');
writeFileSync(
  STUDY,
  `study: two\nscenario: shop.yaml\nseed: 7\ntrials: 150\nfactors:\n  timeout: { path: topology.clients.checkout.driver.connectTimeout, values: [1s, 10s] }\n`,
);
const shop = readFileSync(join(ROOT, 'simulations/studies/small-shop.yaml'), 'utf8');
writeFileSync(join(scratch, 'shop.yaml'), shop);

const faultline = (...args: readonly string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: scratch, encoding: 'utf8', timeout: 100_000 });

/** Starts a study and kills it as soon as rows are on disk. */
function killedInTheMiddle(...args: readonly string[]): Promise<NodeJS.Signals | null> {
  const rows = join(scratch, 'killed', 'trials.ndjson');
  const child = spawn(process.execPath, [BIN, 'study', STUDY, '--out', 'killed', ...args], {
    cwd: scratch,
    stdio: 'ignore',
  });
  const watch = setInterval(() => {
    if (existsSync(rows) && statSync(rows).size > 0) child.kill('SIGKILL');
  }, 5);
  return new Promise((resolve) => {
    child.once('exit', (_, signal) => {
      clearInterval(watch);
      resolve(signal);
    });
  });
}

const manifest = (folder: string) => JSON.parse(readFileSync(join(scratch, folder, 'manifest.json'), 'utf8'));

describe('a study that is killed', () => {
  it('says that it is unfinished, goes on, and ends with the same bytes whatever the number of workers', async () => {
    expect(await killedInTheMiddle('--trials', '75', '--workers', '2')).toBe('SIGKILL');
    expect(manifest('killed').state).toBe('unfinished');
    expect(faultline('study', '--reproduce', 'killed').stderr).toMatch(/a result that is unfinished.*--out killed/);
    const kept = readFileSync(join(scratch, 'killed', 'trials.ndjson'), 'utf8').split('\n').length - 1;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(150);

    expect(faultline('study', STUDY, '--trials', '75', '--out', 'killed', '--workers', '2').status).toBe(0);
    expect(faultline('study', STUDY, '--trials', '75', '--out', 'whole', '--workers', '1').status).toBe(0);
    for (const file of ['manifest.json', 'trials.ndjson', 'trials.parquet', 'result.json'])
      expect(readFileSync(join(scratch, 'killed', file)).equals(readFileSync(join(scratch, 'whole', file)))).toBe(true);
  });

  it('can be repeated from itself', () => {
    const { status, stdout } = faultline('study', '--reproduce', 'whole', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ reproduced: true, rows: 150, digest: manifest('whole').rows.digest });
    expect(status).toBe(0);
  });

  it('tells the first row that comes out otherwise, even where digests were made to fit', () => {
    const rows = join(scratch, 'whole', 'trials.ndjson');
    const lines = readFileSync(rows, 'utf8').split('\n');
    lines[4] = (lines[4] ?? '').replace(/"failed":\d+/, '"failed":123456');
    writeFileSync(rows, lines.join('\n'));
    expect(faultline('study', '--reproduce', 'whole').stderr).toMatch(
      /contents that are not those of the manifest.*rows changed after/,
    );
    const { checksum: _, ...kept } = manifest('whole');
    kept.rows.digest = sha256(lines.join('\n'));
    kept.files['trials.ndjson'] = kept.rows.digest;
    const text = JSON.stringify({ ...kept, checksum: sha256(JSON.stringify(kept)) });
    writeFileSync(join(scratch, 'whole', 'manifest.json'), text);
    const { status, stdout } = faultline('study', '--reproduce', 'whole');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^not reproduced: digest=[\s\S]*first difference in line 5[\s\S]*kept .*"failed":123456/);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
