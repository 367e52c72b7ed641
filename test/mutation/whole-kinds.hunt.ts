import { invariants } from '@faultline/checkers';
import { kinds } from '@faultline/models';
import { checkRun, scenariosOf } from '@faultline/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const RUNS = 25;

/** An invariant that finds fault with a kind that keeps it is as broken as one that finds nothing. */
describe.each([...kinds.values()])('$id', (kind) => {
  const scenarios = fc.sample(scenariosOf(kind, { kinds }), { seed: 7, numRuns: RUNS });
  it.each(scenarios.map((scenario, index) => [index + 1, scenario] as const))('random run %i', (_, scenario) => {
    expect(checkRun(scenario, { kinds, invariants, untilViolated: true }).violations).toEqual([]);
  });
});
