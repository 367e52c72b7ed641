import type { Scenario } from '@faultline/scenario';
import { expect, it } from 'vitest';
import { KnownScenarios } from './known-scenarios.ts';

const scenario = (horizonUs: number, name = 'shop') => ({ name, horizonUs }) as Scenario;

it('are one object for all that say the same, and told apart by anything else', () => {
  const known = new KnownScenarios();
  const first = known.one(scenario(1));
  expect(known.one(scenario(1))).toBe(first);
  expect(known.one(scenario(2))).toEqual(scenario(2));
  expect(known.one(scenario(Number.POSITIVE_INFINITY))).toEqual(scenario(Number.POSITIVE_INFINITY));
  expect(known.one(scenario(1))).toBe(first);
});

it('are forgotten when they were not asked for in a long time', () => {
  const known = new KnownScenarios();
  const first = known.one(scenario(1, 'first'));
  const kept = known.one(scenario(1, 'kept'));
  for (let others = 0; others < 200; others++) {
    known.one(scenario(others));
    expect(known.one(scenario(1, 'kept'))).toBe(kept);
  }
  const again = known.one(scenario(1, 'first'));
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
