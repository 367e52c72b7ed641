import { simulate } from '@faultline/engine';
import { digestOf } from '@faultline/trace';
import { expect, inject, it } from 'vitest';
import { kindsAsTheyAre } from './kinds-as-they-are.ts';
import { recordedRuns } from './recorded-runs.ts';

const id = inject('hunt').subject;

it.each(recordedRuns(id))('$scenario.name has the digest that is recorded', ({ scenario, digest }) => {
  expect(digestOf([...simulate(scenario, kindsAsTheyAre(id))])).toBe(digest);
});
