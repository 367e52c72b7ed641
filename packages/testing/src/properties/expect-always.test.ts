import type { Invariant } from '@faultline/checkers';
import { kinds } from '@faultline/models';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';
import { expectAlways, holdsIn } from './expect-always.ts';

const neverFailsOver: Invariant = {
  name: 'never-fails-over',
  meaning: 'The primary stays the primary.',
  promisedBy: [{ promise: 'Nobody promises this.', source: 'a test', date: '2026-11' }],
  hears: ['timeline'],
  applies: () => true,
  watch: () => ({
    add: (record) => [
      {
        invariant: 'never-fails-over',
        atUs: record.atUs,
        database: 'orders',
        what: 'It failed over.',
        evidence: [record],
      },
    ],
    end: () => [],
  }),
};

describe('expectAlways', () => {
  it('returns when every run held', () => {
    expectAlways('rds.multi-az-instance', ['monotone-time', 'single-writer'], { runs: 10 });
  });

  it('tells the story of the smallest counterexample, with its scenario', () => {
    const act = () => expectAlways('rds.multi-az-instance', [neverFailsOver], { runs: 500 });
    expect(act).toThrow(/breaks never-fails-over[\s\S]+host-failure hits orders.primary[\s\S]+faults:\n {2}- \{ at: /);
  });

  it('names what there is for an unknown kind or invariant', () => {
    expect(() => expectAlways('rds.multi-az')).toThrow('expected one of rds.single-az, rds.multi-az-instance');
    expect(() => expectAlways('rds.single-az', ['single-writers'])).toThrow('expected one of monotone-time');
  });
});

describe('holdsIn', () => {
  it('makes a property of its own, which fast-check shrinks', () => {
    const kind = kinds.get('rds.multi-az-instance');
    if (!kind) throw new Error('no kind');
    const scenarios = scenariosOf(kind, { kinds });
    const details = fc.check(
      fc.property(scenarios, (scenario) => holdsIn(scenario, [neverFailsOver])),
      { seed: 1, numRuns: 500 },
    );
    expect(details.counterexample?.[0].faults).toHaveLength(1);
  });
});
