import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { Hunt } from './hunt.ts';
import { mutantsOf } from './mutate.ts';

const kind = kinds.get('rds.multi-az-instance');
if (!kind) throw new Error('no kind to break');
const mutants = mutantsOf(kind);
const named = (name: string) => {
  const mutant = mutants.find((one) => one.name === name);
  if (!mutant) throw new Error(`no mutant ${name} among\n${mutants.map((one) => one.name).join('\n')}`);
  return mutant;
};

/** A small sample of what `npm run mutants` does for every kind. */
describe('mutants of a chart', () => {
  const hunt = new Hunt(kind, 150, '1', []);

  it.each([
    'service.restarting.starting: on PRIMARY_STARTED → #settled: dropped',
    'service.failingOver.promoting: after promotion → recovering: without promoteStandby',
    'service.failingOver.recovering: entry without startPrimary',
    'service.restarting.noticing: after crashNotice → starting: leads nowhere',
  ])(
    '%s is noticed',
    (name) => {
      expect(hunt.hunt(named(name))).toMatchObject({ by: 'invariant' });
    },
    60_000,
  );

  it('the chart itself is not', () => {
    expect(hunt.hunt({ kind: kind.id, name: 'as it is', place: '', state: '', broken: kind })).toBeNull();
  }, 60_000);
});
