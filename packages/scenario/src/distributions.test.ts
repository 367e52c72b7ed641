import { mean, sampler } from '@faultline/clock';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryScenario } from '../test/arbitrary-scenario.ts';
import { fakeKinds } from '../test/fake-kinds.ts';
import { parseScenario } from './parse.ts';
import { stringifyScenario } from './stringify.ts';

test('the clock can draw from every distribution that is accepted', () => {
  let seen = 0;
  fc.assert(
    fc.property(arbitraryScenario, (scenario) => {
      const result = parseScenario(stringifyScenario(scenario), 'drawn.yaml', fakeKinds);
      if (!result.ok) throw new Error('An arbitrary scenario does not parse.');
      for (const timing of Object.values(result.scenario.topology.databases.orders?.timings ?? {})) {
        seen += 1;
        expect(Number.isSafeInteger(sampler(timing)(() => 0.5))).toBe(true);
        expect(mean(timing)).toBeGreaterThanOrEqual(0);
      }
    }),
    { seed: 7 },
  );
  expect(seen).toBeGreaterThan(20);
});
