import { invariants } from '@faultline/checkers';
import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';
import { counterexample } from '../checking/counterexample.ts';
import { search } from '../checking/search.ts';
import { brokenCharts } from './broken-charts.ts';
import { brokenParts } from './broken-parts.ts';
import type { Canary } from './canary.ts';

const CANARIES: readonly Canary[] = [...brokenCharts, ...brokenParts];
const RUNS_MAX = 4_000;

describe.each(CANARIES)('canary $name', (canary) => {
  it(`is caught by ${canary.caughtBy}, with at most three faults`, () => {
    const kind = kinds.get(canary.kind);
    if (!kind) throw new Error(`no kind ${canary.kind}`);
    const broken = new Map(kinds).set(kind.id, canary.model?.(kind) ?? kind);
    const held = invariants.filter(({ name }) => name === canary.caughtBy);
    const options = {
      kinds: broken,
      invariants: held,
      untilViolated: true,
      ...(canary.sabotage ? { sabotage: canary.sabotage } : {}),
    };
    const plan = {
      seed: '1',
      given: canary.given === undefined ? [] : [scenarioOf(canary.given)],
      sources: [scenariosOf(kind, { kinds })],
    };
    for (const { run, scenario, violations } of search(plan, options)) {
      if (run > RUNS_MAX) break;
      if (violations.length === 0) continue;
      const found = counterexample(scenario, canary.caughtBy, options);
      expect(found.violation.invariant).toBe(canary.caughtBy);
      expect(found.scenario.faults.length).toBeLessThanOrEqual(3);
      return;
    }
    throw new Error(`${canary.name} was not caught in ${RUNS_MAX} runs`);
  }, 120_000);
});

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text, 'canary', kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ found }) => found).join('; '));
  return parsed.scenario;
}
