import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));
const HISTORIES = 'packages/checkers/test/histories';
const STALE = `${HISTORIES}/stale-read.edn`;

/** Runs the built command as a shell would, with `input` on its standard input. */
function verify(args: readonly string[], input: string | Uint8Array = '') {
  const options = { cwd: ROOT, encoding: 'utf8', input, timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'verify', ...args], options);
  return { status, stdout, stderr };
}

const event = (type: string, value: string) => `{:process 0, :type :${type}, :f :write, :value ${value}}\n`;

describe('verify', () => {
  it.each([
    ['failover.edn', 'cas-register', [], 0],
    ['stale-read.edn', 'register', [], 1],
    ['lost-append.ndjson', 'kv', [], 1],
    ['two-leaders.json', 'knossos-mutex', [], 1],
    ['long-fork.edn', 'list-append', [], 1],
    ['long-fork.edn', 'list-append', ['-c', 'parallel-snapshot-isolation'], 0],
    ['write-skew.json', 'rw-register', ['--consistency-model', 'serializable'], 1],
    ['write-skew.json', 'elle-rw-register', ['--consistency-model', 'PL-SI'], 0],
    ['stale-read.edn', 'register', ['--budget', '1'], 2],
  ])('%s as %s %j exits with %i', (file, model, options, status) => {
    const result = verify([`${HISTORIES}/${file}`, '--model', model, ...options]);
    const verdict = ['valid', 'invalid', 'unknown'][status];
    expect(result).toMatchObject({ status, stderr: '' });
    expect(result.stdout.split('\n')[0]).toMatch(new RegExp(`^${verdict}: `));
    expect(result.stdout.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`^verdict=${verdict} replay: faultline verify `),
    );
  });

  it('shows why a history is not valid, and what it did not look at', () => {
    const { stdout } = verify([STALE, '-m', 'register']);
    expect(stdout).toContain('No place fits\n  process 2: read, which returned 1 (lines 8 to 9)\n');
    expect(stdout).toContain('\n1 event of processes without a number not looked at.\n');
    const { stdout: cycle } = verify([`${HISTORIES}/write-skew.json`, '-m', 'rw-register', '-c', 'serializable']);
    expect(cycle).toContain(
      'But T2 comes before T1, for T2 read y as nil, without the 1 that T1 set: a contradiction.\n',
    );
  });

  it('gives one JSON document', () => {
    const result = JSON.parse(verify([STALE, '-m', 'register', '--json']).stdout);
    expect(result).toMatchObject({ verdict: 'invalid', model: 'register', events: 9, ignoredEvents: 1, keys: 1 });
    expect(result.counterexample.blocking).toContain('process 2: read');
  });

  it('reads standard input', () => {
    expect(verify(['-', '-m', 'register'], event('invoke', '1') + event('ok', '1')).status).toBe(0);
  });

  it('reads what gzip packed', () => {
    expect(verify(['-', '-m', 'register'], gzipSync(event('invoke', '1') + event('ok', '1'))).status).toBe(0);
  });

  it('repeats the options that had a part in the verdict', () => {
    const options = [
      '--model',
      'rw-register',
      '--consistency-model',
      'serializable',
      '--budget',
      '9000',
      '--linearizable-keys',
    ];
    const { stdout } = verify([`${HISTORIES}/write-skew.json`, ...options]);
    expect(stdout.trimEnd().split(' replay: ')[1]).toBe(
      `faultline verify ${HISTORIES}/write-skew.json ${options.join(' ')}`,
    );
  });
});

describe('what verify refuses', () => {
  it.each([
    [event('ok', '1'), 'standard input: line 1: found :ok of process 0 for :write, which it has not invoked'],
    [event('invoke', '1') + event('invoke', '2'), 'line 2: found process 0 invoking :write while its :write of line 1'],
    [`${event('invoke', '1')}{:process 0`, 'line 2: found the end of the file'],
    [event('invoke', '1').replace('write', 'fly'), 'line 1: found the function :fly, expected one of :read, :write'],
    ['', 'standard input: found nothing at all'],
    [gzipSync(event('invoke', '1')).subarray(0, 20), 'cannot be unpacked (Z_BUF_ERROR), expected a whole gzip file'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'found bytes that are not UTF-8 on line 1 or after'],
  ])('%j, as bad input', (input, message) => {
    const { status, stdout, stderr } = verify(['-', '-m', 'register'], input);
    expect({ status, stdout }).toEqual({ status: 65, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    [[STALE, '-m', 'regster'], 'did you mean register?'],
    [[STALE, '-m', 'list-append', '-c', 'snapshot'], 'did you mean'],
    [[STALE], 'found no --model, expected what the history is held against: faultline verify --model <name>'],
    [[STALE, '-m', 'register', '--budget', '0'], '--budget: found "0", expected a whole number from 1'],
  ])('%j, as wrong usage', (args, message) => {
    const { status, stderr } = verify(args);
    expect(status).toBe(64);
    expect(stderr).toContain(message);
  });

  it('files that are none', () => {
    expect(verify(['missing.edn', '-m', 'register'])).toMatchObject({
      status: 65,
      stderr: expect.stringContaining('ENOENT'),
    });
    expect(verify([HISTORIES, '-m', 'register'])).toMatchObject({
      status: 65,
      stderr: expect.stringContaining('EISDIR'),
    });
  });
});
