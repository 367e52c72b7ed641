import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { canonicalLine } from '@faultline/trace';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';

const SCENARIOS = 25;
const HERE = [...kinds.values()].map((kind) => [kind.id, kind] as const);

function recordsOf(scenario: Scenario, operations: 'event-by-event' | 'straight'): readonly string[] {
  return Array.from(simulate(scenario, kinds, { charts: 'compiled', operations }), (record) => canonicalLine(record));
}

it.each(HERE)('operations that go straight leave the records of %s that they leave event by event', (_, kind) => {
  let operations = 0;
  for (const scenario of fc.sample(scenariosOf(kind, { kinds }), { seed: 31, numRuns: SCENARIOS })) {
    const records = recordsOf(scenario, 'straight');
    expect(records).toEqual(recordsOf(scenario, 'event-by-event'));
    operations += records.filter((record) => record.includes('"type":"op"')).length;
  }
  expect(operations).toBeGreaterThan(SCENARIOS);
});
