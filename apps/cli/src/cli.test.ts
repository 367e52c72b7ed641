import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BIN = fileURLToPath(new URL('../bin/faultline.js', import.meta.url));
const HOST_FAILURE = 'simulations/rds-multi-az-instance/host-failure.yaml';
const scratch = mkdtempSync(join(tmpdir(), 'faultline-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the built command as a shell would, without a terminal. */
function faultline(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

function scenarioFile(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

/** One minute of a single instance, with what is put in place of the marked parts. */
const scenario = ({
  seed = 'seed: 7',
  fault = '{ at: 20s, fail: orders.primary, cause: process-crash }',
  rto = '60s',
} = {}) => `
scenario: small
summary: A process crash under light writes.
${seed}
horizon: 2m
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2, logRate: 0B/s }
  clients:
    checkout: { connectsTo: orders, from: use1-az3, count: 4 }
workload:
  - { client: checkout, op: write, arrivals: { every: 100ms } }
faults:
  - ${fault}
expect:
  objectives: { rto: ${rto}, rpo: 0s }
`;

describe('run', () => {
  it('reports, and its last line repeats it', () => {
    const { status, stdout } = faultline('run', scenarioFile('ok.yaml', scenario()));
    expect(status).toBe(0);
    expect(stdout).toContain('recovered after');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^seed=7 digest=[0-9a-f]{16} replay: faultline run \S+ok\.yaml --seed 7$/,
    );
  });

  it('prints one JSON document, whose digest the seed decides', () => {
    const file = scenarioFile('ok.yaml', scenario());
    const of = (...more: readonly string[]) =>
      JSON.parse(faultline('run', file, '--json', ...more).stdout) as { digest: string; exitCode: number };
    expect(of()).toEqual(of('--seed', '7'));
    expect(of('--seed', '8').digest).not.toBe(of().digest);
    expect(of().exitCode).toBe(0);
  });

  it('exits with 1 when an objective is missed', () => {
    expect(faultline('run', scenarioFile('strict.yaml', scenario({ rto: '1s' }))).status).toBe(1);
  });

  it('writes the trace whole, and its checksum is the digest', () => {
    const trace = join(scratch, 'trace.ndjson');
    const { status } = faultline('run', scenarioFile('ok.yaml', scenario()), '--trace', trace);
    expect(status).toBe(0);
    const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ type: 'header', format: 'faultline-trace/1' });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ type: 'end' });
    expect(existsSync(`${trace}.partial`)).toBe(false);
  });

  it('keeps its results whole, under its name, seed and digest', () => {
    const out = join(scratch, 'out');
    const { status, stderr } = faultline('run', scenarioFile('ok.yaml', scenario()), '--out', out);
    expect(status).toBe(0);
    expect(stderr).toMatch(/results: \S+small\/7-[0-9a-f]{16}/);
    const kept = join(out, 'small', 'latest');
    const { digest } = JSON.parse(readFileSync(join(kept, 'result.json'), 'utf8')) as { digest: string };
    const again = JSON.parse(faultline('run', join(kept, 'scenario.yaml'), '--json').stdout) as { digest: string };
    expect(again.digest).toBe(digest);
    expect(readFileSync(join(kept, 'trace.ndjson'), 'utf8')).toContain('"type":"end"');
    expect(readFileSync(join(kept, 'report.txt'), 'utf8')).toContain('recovered after');
  });
});

describe('bad input ends with its exit code, one message and no stack trace', () => {
  it.each([
    ['a file that is not there', ['run', 'nowhere.yaml'], 65, 'nowhere.yaml: cannot be read (ENOENT)'],
    ['a folder', ['run', 'simulations'], 65, 'simulations: cannot be read (EISDIR)'],
    ['a wrong kind', ['compare', '--kinds', 'rds.multi-az-instanze'], 64, 'did you mean rds.multi-az-instance?'],
    ['a wrong fault', ['compare', '--fault', 'meteor'], 64, '--fault: found "meteor", expected one of'],
    ['no number of trials', ['compare', '--trials', 'many'], 64, '--trials: found "many", expected a whole number'],
    ['a seed that is empty', ['run', HOST_FAILURE, '--seed', ''], 64, '--seed: found ""'],
    [
      'an unknown option',
      ['run', '--sed', '7', HOST_FAILURE],
      64,
      'unknown option --sed, expected one of --seed, --trace',
    ],
    ['an unknown option like one', ['run', '--sed', '7', HOST_FAILURE], 64, 'did you mean --seed?'],
    ['an unknown command', ['rum'], 64, 'unknown command rum, expected one of run, compare'],
    [
      'no file',
      ['run'],
      64,
      'faultline run: found no <file>, expected the scenario, YAML: faultline run [options] <file>',
    ],
    ['two files', ['run', HOST_FAILURE, HOST_FAILURE], 64, 'found 2 arguments, expected at most 1'],
    [
      'an option without its value',
      ['compare', '--trials'],
      64,
      '--trials: found no value, expected trials of each kind',
    ],
    [
      'a value out of no list',
      ['run', HOST_FAILURE, '--history-format', 'xml'],
      64,
      '--history-format: found "xml", expected one of',
    ],
    [
      'an option that is needed',
      ['worker'],
      64,
      'faultline worker: found no --queue, expected where the Redis or Valkey server is',
    ],
    ['a wrong number of threads', ['worker', '--queue', 'redis://x', '--threads', '0'], 64, 'for example --threads 2'],
    ['one argument too many', ['compare', 'x'], 64, 'found 1 argument, expected none'],
    ['options that exclude each other', ['validate', '--json', '--markdown'], 64, 'expected only one of the two'],
    ['an unknown kind to explain', ['explain', 'oracle'], 64, 'expected one of'],
  ])('%s', (_, args, exitCode, message) => {
    const { status, stderr, stdout } = faultline(...args);
    expect({ status, stdout }).toEqual({ status: exitCode, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['no seed', scenario({ seed: '' }), 'seed'],
    ['a seed that is empty', scenario({ seed: 'seed: ""' }), ':4:'],
    ['a fault without a unit', scenario({ fault: '{ at: 20, fail: orders.primary, cause: process-crash }' }), '20s'],
    [
      'a fault on what is not there',
      scenario({ fault: '{ at: 20s, fail: order.primary, cause: process-crash }' }),
      'orders',
    ],
    ['YAML that does not parse', 'scenario: [', 'bad.yaml:1:'],
  ])('%s', (_, text, message) => {
    const { status, stderr } = faultline('run', scenarioFile('bad.yaml', text));
    expect(status).toBe(65);
    expect(stderr).toContain(message);
    expect(stderr).toContain('bad.yaml:');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

it('a wrong seed out of the environment is called by its variable', () => {
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'compare'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, FAULTLINE_SEED: '' },
  });
  expect(status).toBe(64);
  expect(stderr).toContain('environment variable FAULTLINE_SEED: found "", expected a seed');
  expect(stderr).not.toContain('--seed');
});

describe('the other commands', () => {
  it('compare gives the same figures however it is scheduled', () => {
    const args = ['compare', '--kinds', 'rds.multi-az-instance', '--trials', '30', '--json'];
    const [first, second] = [faultline(...args), faultline(...args)];
    expect(first.status).toBe(0);
    expect(first.stdout).toBe(second.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({
      trials: 30,
      kinds: [{ kind: 'rds.multi-az-instance', never: { value: 0 } }],
    });
  });

  it.each(['kinds', 'faults', 'comparisons', 'scenarios'])('lists %s', (what) => {
    const listed = JSON.parse(faultline('list', what, '--json').stdout) as readonly { name: string; summary: string }[];
    expect(listed.length).toBeGreaterThan(0);
    for (const { name, summary } of listed) expect(name && summary).not.toBe('');
  });

  it('explains the world around every kind, every number with its origin', () => {
    const { parts, scenario } = JSON.parse(faultline('explain', 'world', '--json').stdout);
    const numbers = [...scenario, ...parts.flatMap(({ entries }: { entries: unknown[] }) => entries)];
    expect(numbers.length).toBeGreaterThan(60);
    for (const number of numbers) {
      expect(number).toMatchObject({ default: expect.stringMatching(/./), source: expect.stringMatching(/\w{3}/) });
      expect(['documented', 'measured', 'assumed']).toContain(number.grade);
    }
    expect(faultline('explain', 'world').stdout).toContain('pool.borrowTimeout');
  });

  it('explains a kind, every number with its grade', () => {
    const { status, stdout } = faultline('explain', 'rds.multi-az-instance', '--json');
    expect(status).toBe(0);
    const { timings, quantities, chart } = JSON.parse(stdout) as {
      timings: readonly object[];
      quantities: readonly object[];
      chart: string;
    };
    expect(timings.length).toBeGreaterThan(5);
    expect(quantities.length).toBeGreaterThan(3);
    for (const number of [...timings, ...quantities]) {
      expect(number).toMatchObject({
        grade: expect.stringMatching(/^(documented|measured|assumed)$/),
        source: expect.stringMatching(/\S/),
        date: expect.stringMatching(/^20\d\d/),
      });
    }
    expect(chart).toMatch(/^stateDiagram-v2/);
  });

  it.each([[], ['run'], ['compare'], ['list'], ['explain']])('%s --help', (...command) => {
    const { status, stdout } = faultline(...command, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: faultline');
  });
});
