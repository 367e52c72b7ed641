import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { comparisonFaults, comparisonScenario } from '@faultline/study';
import { describeDifference, digestOf, firstDifference, type TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { requireBuild, runLine } from './command-line.ts';

const FILE = 'simulations/rds-multi-az-instance/host-failure.yaml';
const hostFailure = comparisonFaults.get('host-failure')!;
const regionIsolated = comparisonFaults.get('region-isolated')!;

/** Five minutes of one kind under one fault, with samples. */
const scenarioOf = (kind: string, fault = hostFailure): Scenario => ({
  ...comparisonScenario(kinds.get(kind)!, fault, kinds)!,
  horizonUs: 300_000_000,
  sampleEveryUs: 1_000_000,
});
const trace = (scenario: Scenario) => simulate(scenario, kinds);
const digest = (scenario: Scenario) => digestOf(trace(scenario));

/** The first record in which two runs part, in words; null when they never do. */
function divergence(a: Iterable<TraceRecord>, b: Iterable<TraceRecord>): string | null {
  const difference = firstDifference(a, b);
  return difference === null ? null : describeDifference(difference);
}

/** Everything but the header, which says what was run, and the samples, which somebody may ask for or not. */
function* happenings(scenario: Scenario): Generator<TraceRecord> {
  for (const record of trace(scenario)) if (record.type !== 'header' && record.type !== 'sample') yield record;
}

describe('law: same scenario and seed, same digest', () => {
  it.each([...kinds.keys()])('%s: twice in one process', (kind) => {
    const scenario = scenarioOf(kind);
    expect(divergence(trace(scenario), trace(scenario))).toBeNull();
  });

  it('after an unrelated run', () => {
    const scenario = scenarioOf('rds.multi-az-instance');
    const before = digest(scenario);
    for (const kind of kinds.keys()) digest(scenarioOf(kind, regionIsolated));
    expect(digest(scenario)).toBe(before);
  });

  it('in two fresh processes', () => {
    requireBuild();
    const [first, second] = [1, 2].map(
      () => JSON.parse(runLine(`faultline run ${FILE} --json`).stdout) as { readonly digest: string },
    );
    expect(first?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.digest).toBe(first?.digest);
  });

  it('another seed gives another digest', () => {
    const scenario = scenarioOf('rds.multi-az-instance');
    expect(digest({ ...scenario, seed: 'other' })).not.toBe(digest(scenario));
  });
});

describe('law: looking changes nothing', () => {
  it.each([...kinds.keys()])('%s: samples change no other record', (kind) => {
    const scenario = scenarioOf(kind);
    expect(divergence(happenings(scenario), happenings({ ...scenario, sampleEveryUs: 0 }))).toBeNull();
    expect(divergence(happenings(scenario), happenings({ ...scenario, sampleEveryUs: 70_000 }))).toBeNull();
  });

  it('clients that do nothing change no record of those that work', () => {
    const scenario = scenarioOf('rds.multi-az-instance');
    const { clients } = scenario.topology;
    const idle = { ...clients.checkout!, name: 'idle' };
    const more = { ...scenario, topology: { ...scenario.topology, clients: { ...clients, idle } } };
    expect(divergence(happenings(scenario), happenings(more))).toBeNull();
  });
});
