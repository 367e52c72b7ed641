import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { inProcessExecutor } from '../executors/in-process.ts';
import { runAll, runRounds } from '../executors/run-all.ts';
import { runCalibrationBlock } from './calibration-block.ts';
import { calibrationCases } from './calibration-cases.ts';
import { ValidationRun } from './validation-run.ts';

const TRIALS = 3;
const cases = [...calibrationCases.values()];

describe('every calibration case', () => {
  it.each(cases.map((one) => [one.id] as const))('%s runs, and predicts the same whatever ran before', (id) => {
    const block = { job: 'calibration' as const, case: id, seed: '7', from: 1, to: TRIALS };
    const first = runCalibrationBlock(block, kinds);
    expect(first.map(({ trial }) => trial)).toEqual([1, 2, 3]);
    for (const { values } of first) for (const value of values) expect(value).toSatisfy(Number.isFinite);
    const [last] = runCalibrationBlock({ ...block, from: TRIALS }, kinds);
    expect(last).toEqual(first[TRIALS - 1]);
  });

  it('names its source and date, and what it has measured', () => {
    for (const { source, date, measures } of cases) {
      expect(source.length).toBeGreaterThan(10);
      expect(date).toMatch(/^\d{4}(-\d\d){0,2}$/);
      expect(measures.length).toBeGreaterThan(0);
      for (const { measured } of measures) {
        if ('values' in measured)
          expect(measured.values.every(Number.isFinite) && measured.values.length > 0).toBe(true);
        else expect(measured.from).toBeLessThan(measured.to);
      }
    }
  });
});

describe('a validation', () => {
  it('does not show the order in which its blocks come back, and has the sums over its cases', async () => {
    const chosen = cases.filter(({ id }) => id === 'C3' || id === 'PG-promotion');
    const run = new ValidationRun({ cases: chosen, trials: 30, seed: '7' });
    await runAll(inProcessExecutor(kinds), [...run.nextRound()].reverse());
    expect(run.nextRound()).toEqual([]);
    expect(run.progress).toEqual({ done: 60, planned: 60 });
    const result = run.result();
    expect(result.cases.map(({ id, trials }) => [id, trials])).toEqual([
      ['C3', 30],
      ['PG-promotion', 30],
    ]);
    const agreements = result.cases.flatMap(({ measures }) => measures.map((measure) => measure.agreement));
    expect(result.used.of + result.heldOut.of).toBe(agreements.reduce((sum, { of }) => sum + of, 0));
    expect(result.used.inside + result.heldOut.inside).toBe(agreements.reduce((sum, { inside }) => sum + inside, 0));
    const again = new ValidationRun({ cases: chosen, trials: 30, seed: '7' });
    await runRounds(inProcessExecutor(kinds), again);
    expect(again.result()).toEqual(result);
  });

  it('runs fewer trials where a case needs no more', () => {
    const load = cases.filter(({ id }) => id === 'PG-commit-on-0ms');
    expect(new ValidationRun({ cases: load, trials: 1_000, seed: '7' }).progress.planned).toBe(50);
  });
});
