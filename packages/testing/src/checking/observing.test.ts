import { TraceHistory, watchAll } from '@faultline/checkers';
import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';

import { isObservation, type TraceRecord } from '@faultline/trace';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';

/** Random scenarios of each kind; every one is simulated three times. */
const SCENARIOS = 12;

const recordsOf = (scenario: Scenario, observed: boolean): readonly TraceRecord[] => [
  ...simulate(scenario, kinds, { observed }),
];

/** What a run says of itself, and not of the one who looks at it. */
const unwatched = (records: readonly TraceRecord[]): readonly TraceRecord[] =>
  records.filter((record) => !isObservation(record));

/** Samples, and the sampling that a header announces, are asked for in the scenario. */
const unsampled = (records: readonly TraceRecord[]): readonly TraceRecord[] =>
  records.filter(({ type }) => type !== 'header' && type !== 'sample');

describe.each([...kinds.values()].map((kind) => [kind.id, kind] as const))('looking at a run of %s', (_, kind) => {
  const scenarios = fc.sample(scenariosOf(kind, { kinds }), { seed: 11, numRuns: SCENARIOS });

  it('changes no other record, watched or not', () => {
    let observations = 0;
    for (const scenario of scenarios) {
      const watched = recordsOf(scenario, true);
      observations += watched.length - unwatched(watched).length;
      expect(unwatched(watched)).toEqual(recordsOf(scenario, false));
    }
    expect(observations).toBeGreaterThan(0);
  });

  it('with invariants, and with a recorder of histories, leaves the records as they are', () => {
    for (const scenario of scenarios) {
      const records = recordsOf(scenario, true);
      const before = JSON.stringify(records);
      const [header] = records;
      if (header?.type !== 'header') throw new Error('no header');
      const followers = [watchAll(header), new TraceHistory('operations', () => undefined)];
      for (const record of records) for (const follower of followers) follower.add(record);
      for (const follower of followers) follower.end();
      expect(JSON.stringify(records)).toBe(before);
    }
  });

  it('changes no other record, sampled or not', () => {
    let samples = 0;
    for (const scenario of scenarios) {
      const sampled = recordsOf({ ...scenario, sampleEveryUs: 60_000_000 }, false);
      samples += sampled.filter(({ type }) => type === 'sample').length;
      expect(unsampled(sampled)).toEqual(unsampled(recordsOf(scenario, false)));
    }
    expect(samples).toBeGreaterThan(0);
  });
});
