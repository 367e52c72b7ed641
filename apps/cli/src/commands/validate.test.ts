import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));

/** Runs the built command as a shell would, without a terminal. */
function validate(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'validate', ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

describe('validate', () => {
  it('prints the prediction beside the measurement, explains itself, and can be repeated', () => {
    const { status, stdout } = validate('--trials', '5', '--case', 'C1-cold');
    expect(status).toBe(0);
    expect(stdout).toContain('20.5 to 39.1 s (8)');
    expect(stdout).toContain('How to read this');
    expect(stdout).toMatch(/^ +\d+ inside, +\d+ near, +\d+ far: all measured values$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'seed=7 trials=5 replay: faultline validate --case C1-cold --trials 5 --seed 7',
    );
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(100);
  });

  it('gives the same figures however it is scheduled, and as JSON', () => {
    const of = () =>
      JSON.parse(validate('--trials', '30', '--case', 'C10-early', '--json').stdout) as {
        cases: { trials: number; measures: { predicted: { p50: number } }[] }[];
      };
    const first = of();
    expect(first).toEqual(of());
    expect(first.cases[0]?.trials).toBe(30);
    expect(first.cases[0]?.measures[0]?.predicted.p50).toBeCloseTo(25, 1);
  });

  it('prints a table for a README', () => {
    const { status, stdout } = validate('--trials', '5', '--case', 'C3', '--markdown');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\| Case \| Figure \|/);
    expect(stdout).toMatch(/^\d+ of 1 measured values lie inside/m);
  });

  it.each([
    [['--case', 'C1-cool'], 'did you mean C1-cold?'],
    [['--trials', '0'], 'expected a whole number from 1'],
    [['--seed', 'ü'], '--seed: found'],
    [['--json', '--markdown'], '--json: found beside --markdown'],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = validate(...args);
    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toContain(message);
  });
});
