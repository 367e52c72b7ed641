import { simulate } from '@faultline/engine';
import { RecoveryFold } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';

const SCENARIOS = 40;
const HERE = [...kinds.values()].map((kind) => [kind.id, kind] as const);

/** Recovery as it is known when it is settled, and at the end of the same run; null where it never is. */
function recoveries(scenario: Scenario): { readonly early: RecoveryFold; readonly whole: RecoveryFold } | null {
  const [early, whole] = [new RecoveryFold(), new RecoveryFold()];
  let settled = false;
  for (const record of simulate(scenario, kinds, { charts: 'compiled' })) {
    whole.add(record);
    if (settled) continue;
    early.add(record);
    settled = early.settled;
  }
  return settled ? { early, whole } : null;
}

describe('a run that ends once recovery is settled', () => {
  it.each(HERE)('knows all that the whole run says of the interruptions until then: %s', (_, kind) => {
    let settled = 0;
    for (const scenario of fc.sample(scenariosOf(kind, { kinds }), { seed: 41, numRuns: SCENARIOS })) {
      const found = recoveries(scenario);
      if (found === null) continue;
      const { early, whole } = found;
      for (const [place, { interruptions }] of early.cohorts.entries()) {
        const all = whole.cohorts[place]?.interruptions ?? [];
        expect(interruptions).toEqual(all.slice(0, interruptions.length));
        const stableUs = (interruptions.at(-1)?.endUs ?? 0) + early.stableForUs;
        expect(all[interruptions.length]?.fromUs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(stableUs);
        settled++;
      }
    }
    expect(settled).toBeGreaterThan(0);
  });
});
