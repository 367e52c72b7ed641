import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../bin/faultline.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'faultline-history-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const WRITES = '{ client: checkout, op: write, arrivals: { every: 100ms } }';
const TRANSACTIONS = '{ client: checkout, op: transaction, arrivals: { every: 100ms }, reads: 1, appends: 1 }';

/** Runs ten seconds of the given work on a single instance; `file` is where the history goes. */
function run(workload: readonly string[], file: string, ...more: readonly string[]) {
  const scenario = join(scratch, 'scenario.yaml');
  writeFileSync(
    scenario,
    `scenario: small
seed: 7
horizon: 10s
topology:
  regions: { us-east-1: [use1-az1] }
  databases: { orders: { model: rds.single-az, az: use1-az1 } }
  clients: { checkout: { connectsTo: orders, from: use1-az1, count: 4 } }
workload: [${workload.join(', ')}]
`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [BIN, 'run', scenario, '--history', join(scratch, file), ...more],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { status, stderr: stderr.replaceAll(scratch, '') };
}

const read = (file: string): string => readFileSync(join(scratch, file), 'utf8');

describe('run --history', () => {
  it('writes what clients asked for and learned, in the format that the name says', () => {
    expect(run([WRITES], 'run.edn').status).toBe(0);
    const lines = read('run.edn').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(190);
    expect(lines[0]).toMatch(/^\{:index 0, :time \d+, :type :invoke, :process 0, :f :write, :value \[\d+ 1\]\}$/);
    expect(run([WRITES], 'run.json').status).toBe(0);
    const events: readonly unknown[] = JSON.parse(read('run.json'));
    expect(events.length).toBe(lines.length);
    expect(events[0]).toMatchObject({ index: 0, type: 'invoke', process: 0, f: 'write' });
  });

  it('takes the format from an option when the name does not say', () => {
    expect(run([TRANSACTIONS], 'run.txt', '--history-format', 'json').status).toBe(0);
    expect(JSON.parse(read('run.txt'))[0]).toMatchObject({ f: 'txn' });
    expect(run([TRANSACTIONS], 'other.txt')).toEqual({
      status: 64,
      stderr:
        '--history /other.txt: found no format in the name, expected a name that ends in .edn or .json, or the format beside it, for example --history /other.txt --history-format edn\n',
    });
  });

  it('asks which history is meant when there are two', () => {
    const { status, stderr } = run([WRITES, TRANSACTIONS], 'two.edn');
    expect([status, stderr]).toEqual([
      64,
      '--history: found single operations and transactions in small, which are histories of their own; expected one of them by name, for example --history-of transactions\n',
    ]);
    expect(run([WRITES, TRANSACTIONS], 'two.edn', '--history-of', 'transactions').status).toBe(0);
    expect(read('two.edn')).not.toContain(':write');
    expect(run([WRITES], 'two.edn', '--history-of', 'transactions').stderr).toBe(
      '--history-of transactions: found only operations in small; expected what its clients ask for, for example --history-of operations\n',
    );
  });

  it('makes the folders that are missing', () => {
    expect(run([WRITES], 'new/folder/run.edn').status).toBe(0);
    expect(read('new/folder/run.edn')).toContain(':write');
  });

  it('says why a file cannot be written, and leaves nothing behind', () => {
    writeFileSync(join(scratch, 'file'), '');
    const { status, stderr } = run([WRITES], 'file/run.edn');
    expect([status, stderr]).toEqual([
      64,
      '--history /file/run.edn: cannot be written (ENOTDIR); expected a file of yours, for example --history run.edn\n',
    ]);
    expect(readdirSync(scratch).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});
