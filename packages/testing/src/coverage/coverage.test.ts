import { sometimes } from '@faultline/checkers';
import { simulate } from '@faultline/engine';
import { type DeploymentKind, kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { digestOf } from '@faultline/trace';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenariosOf } from '../arbitraries/scenarios.ts';
import { deploymentsOf } from '../topologies/deployment.ts';
import { Coverage } from './coverage.ts';

const kindNamed = (id: string): DeploymentKind => {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`no kind ${id}`);
  return kind;
};
const coverageOf = (kind: DeploymentKind) =>
  new Coverage(kinds, [kind], deploymentsOf(kind, kinds)[0]?.menu ?? [], sometimes);

function runWith(coverage: Coverage, scenario: Scenario) {
  const records = [...simulate(scenario, coverage.kinds)];
  for (const record of records) coverage.add(record);
  return records;
}

describe('coverage', () => {
  it.each([...kinds.keys()])('changes nothing in the runs of %s', (id) => {
    const kind = kindNamed(id);
    const coverage = coverageOf(kind);
    for (const scenario of fc.sample(scenariosOf(kind, { kinds }), { seed: 5, numRuns: 8 })) {
      expect(digestOf(runWith(coverage, scenario))).toBe(digestOf([...simulate(scenario, kinds)]));
    }
  });

  it('counts what a quiet run exercises: the states at the start, and nothing else', () => {
    const kind = kindNamed('rds.single-az');
    const coverage = coverageOf(kind);
    const quiet = deploymentsOf(kind, kinds)[0]?.quiet;
    if (!quiet) throw new Error('no deployment');
    runWith(coverage, quiet);
    const { kinds: charts, faults, overlaps } = coverage.summary();
    expect(charts[0]).toMatchObject({ kind: 'rds.single-az', states: { seen: 1 }, transitions: { seen: 0 } });
    expect([faults.seen, overlaps]).toEqual([0, {}]);
    expect(charts[0]?.states.missing).toContain('suspecting');
  });

  it('tells faults that met, and how', () => {
    const kind = kindNamed('rds.multi-az-instance');
    const coverage = coverageOf(kind);
    for (const scenario of fc.sample(scenariosOf(kind, { kinds }), { seed: 5, numRuns: 60 }))
      runWith(coverage, scenario);
    const { faults, overlaps } = coverage.summary();
    expect(faults.seen).toBeGreaterThan(20);
    expect(Object.keys(overlaps)).toEqual(
      expect.arrayContaining(['while another fault lasted', 'healed before anything was noticed']),
    );
  });
});
