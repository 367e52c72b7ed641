import { followSimulation } from '@faultline/engine';
import { TrialFold } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { ClientSpec, Scenario, WorkloadSpec } from '@faultline/scenario';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { comparisonFaults } from './comparison/comparison-fault.ts';
import { comparisonScenario } from './comparison/comparison-scenario.ts';
import { runTrial, trialSeed } from './trial.ts';
import { summarise, type TrialSummary } from './trial-summary.ts';

const SECOND_US = 1_000_000;

/** Settings of clients that decide what an outage is like for them. */
const clients = fc.record({
  size: fc.constantFrom(0, 1, 2, 4),
  borrowTimeoutUs: fc.constantFrom(1, 30).map((seconds) => seconds * SECOND_US),
  connectTimeoutUs: fc.constantFrom(500_000, 2 * SECOND_US, 10 * SECOND_US, null),
  attempts: fc.constantFrom(1, 1, 3, 5),
  indeterminate: fc.boolean(),
  backoffUs: fc.constantFrom(50_000, 2 * SECOND_US),
  cacheUs: fc.constantFrom(null, 0, 3 * SECOND_US, 30 * SECOND_US),
  validateOnBorrow: fc.boolean(),
});
const workload = fc.record({
  perSecond: fc.constantFrom(0.5, 5, 25),
  process: fc.constantFrom('poisson' as const, 'poisson' as const, 'every' as const),
  action: fc.constantFrom('write' as const, 'read' as const),
  untilUs: fc.constantFrom(null, 25 * SECOND_US),
});
const studies = fc.record({
  kind: fc.constantFrom('rds.single-az', 'rds.multi-az-instance', 'aurora.cluster', 'rds.read-replica'),
  fault: fc.constantFrom('host-failure', 'az-outage', 'process-crash'),
  cohorts: fc.array(clients, { minLength: 1, maxLength: 2 }),
  workloads: fc.array(workload, { minLength: 1, maxLength: 3 }),
  trial: fc.integer({ min: 1, max: 1_000 }),
});
type Study = typeof studies extends fc.Arbitrary<infer Value> ? Value : never;

function cohort(base: ClientSpec, name: string, settings: Study['cohorts'][number]): ClientSpec {
  const { size, borrowTimeoutUs, connectTimeoutUs, attempts, indeterminate, backoffUs } = settings;
  const { cacheUs, validateOnBorrow } = settings;
  return {
    ...base,
    name,
    pool: { ...base.pool, size, borrowTimeoutUs, validateOnBorrow },
    driver: { ...base.driver, connectTimeoutUs },
    retry: { ...base.retry, attempts, indeterminate, backoffUs },
    dnsCache: cacheUs === null ? { mode: 'ttl' } : { mode: 'fixed', us: cacheUs },
  };
}

function scenarioOf({ kind, fault, cohorts, workloads }: Study): Scenario | null {
  const [deployment, failure] = [kinds.get(kind), comparisonFaults.get(fault)];
  if (!deployment || !failure) throw new Error(`no ${kind} or no ${fault}`);
  const scenario = comparisonScenario(deployment, failure, kinds);
  if (!scenario) return null;
  const base = Object.values(scenario.topology.clients)[0] as ClientSpec;
  const named = cohorts.map((settings, index) => cohort(base, `clients-${index}`, settings));
  const work = workloads.map(({ perSecond, process, ...rest }, index): WorkloadSpec => {
    const arrivals =
      process === 'every' ? { process, everyUs: Math.round(SECOND_US / perSecond) } : { process, perSecond };
    const client = `clients-${index % cohorts.length}`;
    return { ...scenario.workload[0], ...rest, client, arrivals, fromUs: 0 } as WorkloadSpec;
  });
  return {
    ...scenario,
    horizonUs: 90 * SECOND_US,
    topology: { ...scenario.topology, clients: Object.fromEntries(named.map((spec) => [spec.name, spec])) },
    workload: work,
  };
}

/** The same trial, each operation event by event and told by its own records. */
function inFull(scenario: Scenario, trial: number): TrialSummary {
  const fold = new TrialFold();
  const follower = {
    add: (record: Parameters<TrialFold['add']>[0]) => fold.add(record),
    get settled() {
      return fold.settled;
    },
  };
  followSimulation({ ...scenario, seed: trialSeed('9', trial) }, kinds, follower, { charts: 'compiled' });
  return summarise(trial, fold.result());
}

it('a trial measures of any clients what their operations show event by event', () => {
  let failed = 0;
  fc.assert(
    fc.property(studies, (study) => {
      const scenario = scenarioOf(study);
      if (!scenario) return;
      const summary = runTrial(scenario, study.trial, '9', kinds);
      failed += summary.failed;
      expect(summary).toEqual(inFull(scenario, study.trial));
    }),
    { seed: 20_261_123, numRuns: 150 },
  );
  expect(failed).toBeGreaterThan(1_000);
});
