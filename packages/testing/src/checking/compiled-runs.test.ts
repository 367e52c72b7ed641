import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { TraceDigest } from '@faultline/trace';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';
import { type ChartCounts, watchedKind } from '../coverage/watched-chart.ts';

const SCENARIOS = 12;
const HERE = [...kinds.values()].map((kind) => [kind.id, kind] as const);

it.each(HERE)("random runs of %s leave the records of XState's own interpreter, and exercise as much", (id, kind) => {
  const [compiled, interpreted] = (['compiled', 'interpreted'] as const).map((charts) => {
    const counts: ChartCounts = { states: new Map(), transitions: new Map() };
    const watched = new Map(kinds).set(id, watchedKind(kind, counts));
    const digests = fc.sample(scenariosOf(kind, { kinds }), { seed: 29, numRuns: SCENARIOS }).map((scenario) => {
      const digest = new TraceDigest();
      for (const record of simulate(scenario, watched, { charts, observed: true })) digest.add(record);
      return digest.hex();
    });
    return { digests, counts };
  });
  expect(compiled?.counts.states.size).toBeGreaterThan(0);
  expect(compiled).toEqual(interpreted);
});
