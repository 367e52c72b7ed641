import { kinds } from '@faultline/models';
import { parseScenario, type Scenario, stringifyScenario } from '@faultline/scenario';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';
import { shrink } from './shrink.ts';
import { simpler } from './simpler.ts';

const all = fc.oneof(...[...kinds.values()].map((kind) => scenariosOf(kind, { kinds })));

const hasCause = (cause: string) => (scenario: Scenario) => scenario.faults.some((fault) => fault.cause === cause);

function nth<Item>(items: Iterable<Item>, place: number): Item | undefined {
  let left = place;
  for (const item of items) if (left-- === 0) return item;
  return undefined;
}

describe('shrinking', () => {
  it('tries only scenarios that a file can hold', () => {
    fc.assert(
      fc.property(all, fc.nat(200), (scenario, place) => {
        const candidate = nth(simpler(scenario, kinds), place);
        if (!candidate) return;
        expect(parseScenario(stringifyScenario(candidate), 'simpler', kinds)).toEqual({
          ok: true,
          scenario: candidate,
        });
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('ends where nothing is left but what makes it fail', () => {
    const failing = fc.sample(all, { seed: 3, numRuns: 400 }).find(hasCause('apply-stall'));
    if (!failing) throw new Error('no stall among them');
    const { scenario } = shrink(failing, kinds, hasCause('apply-stall'));
    expect(scenario.faults).toHaveLength(1);
    expect(scenario.faults[0]).toMatchObject({ cause: 'apply-stall', atUs: 1_000_000, forUs: null });
    expect(scenario.topology.clients).toEqual({});
    expect(scenario.workload).toEqual([]);
    expect([scenario.horizonUs, scenario.seed]).toEqual([10_000_000, '1']);
  });

  it('gives a simpler scenario back as it is', () => {
    const [failing] = fc.sample(all, { seed: 4, numRuns: 1 });
    if (!failing) throw new Error('nothing to shrink');
    const once = shrink(failing, kinds, () => true).scenario;
    expect(shrink(once, kinds, () => true).scenario).toEqual(once);
  });
});
