import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { digestOf } from '@faultline/trace';
import { expect, inject, it } from 'vitest';
import { recordedRuns } from './recorded-runs.ts';

it.each(recordedRuns(inject('hunt').subject))(
  '$scenario.name has the digest that is recorded',
  ({ scenario, digest }) => {
    expect(digestOf([...simulate(scenario, kinds)])).toBe(digest);
  },
);
