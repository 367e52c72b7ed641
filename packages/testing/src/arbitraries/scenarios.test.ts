import { kinds } from '@faultline/models';
import { parseScenario, stringifyScenario } from '@faultline/scenario';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosLike, scenariosOf } from './scenarios.ts';

const SAMPLE = { seed: 1, numRuns: 60 };

describe.each([...kinds.values()])('random scenarios of $id', (kind) => {
  const scenarios = scenariosOf(kind, { kinds });

  it('are written as files that read back as the same scenario', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const read = parseScenario(stringifyScenario(scenario), 'random', kinds);
        expect(read).toEqual({ ok: true, scenario });
      }),
      SAMPLE,
    );
  });

  it('deploy the kind, in more than one way, and break it', () => {
    const sample = fc.sample(scenarios, SAMPLE);
    const deployments = new Set(sample.map(({ topology }) => JSON.stringify(topology.databases)));
    for (const { topology } of sample)
      expect(Object.values(topology.databases).map(({ model }) => model)).toContain(kind.id);
    expect(deployments.size).toBeGreaterThan(1);
    expect(sample.every(({ faults }) => faults.length > 0)).toBe(true);
  });

  it('are the same for the same seed', () => {
    expect(fc.sample(scenarios, SAMPLE)).toEqual(fc.sample(scenariosOf(kind, { kinds }), SAMPLE));
  });
});

describe('scenarios like another one', () => {
  it('keep its topology and its workload', () => {
    const kind = kinds.get('aurora.cluster');
    const [given] = kind ? fc.sample(scenariosOf(kind, { kinds }), { seed: 2, numRuns: 1 }) : [];
    if (!given) throw new Error('nothing to start from');
    for (const { topology, workload } of fc.sample(scenariosLike(given, { kinds }), SAMPLE)) {
      expect({ topology, workload }).toEqual({ topology: given.topology, workload: given.workload });
    }
  });
});
