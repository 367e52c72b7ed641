import { invariants } from '@faultline/checkers';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { checkRun, scenariosOf, search } from '@faultline/testing';
import { expect, inject, it } from 'vitest';
import { kindsAsTheyAre } from './kinds-as-they-are.ts';

const RUNS = 300;
const SEED = '7';
const id = inject('hunt').subject;

/** Scenarios drawn at random in which the kind breaks nothing. */
function scenariosThatHold(): readonly Scenario[] {
  const kind = kinds.get(id);
  if (!kind) throw new Error('there are random runs only of kinds');
  const found: Scenario[] = [];
  for (const { run, scenario, violations } of search(
    { seed: SEED, given: [], sources: [scenariosOf(kind, { kinds })] },
    { kinds, invariants },
  )) {
    if (violations.length === 0) found.push(scenario);
    if (run >= RUNS) break;
  }
  return found;
}

it.each(scenariosThatHold().map((scenario, index) => [index + 1, scenario] as const))(
  'random run %i breaks no invariant',
  (_, scenario) => {
    const [first] = checkRun(scenario, { kinds: kindsAsTheyAre(id), invariants, untilViolated: true }).violations;
    expect(first?.what).toBeUndefined();
  },
);
