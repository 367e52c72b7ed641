import { HOUR_US } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import { type FaultSpec, noExpectations, type Scenario } from '@faultline/scenario';
import * as fc from 'fast-check';
import { simpler } from '../shrinking/simpler.ts';
import { type Deployment, deploymentsOf } from '../topologies/deployment.ts';
import { faultMenu } from '../topologies/fault-menu.ts';
import { clientsOf } from './clients.ts';
import { faultSchedules } from './fault-schedules.ts';
import { ShrinkingArbitrary } from './shrinking-arbitrary.ts';
import { workloadAround, workloadDraws } from './workloads.ts';

/** At most so many faults in one random run, unless something else is asked for. */
export const FAULTS_MAX = 4;
/** From the last change that a fault makes to the end of the run: long enough for people to act as well. */
const SETTLE_US = 12 * HOUR_US;

export interface ScenarioOptions {
  /** Kinds that a scenario may name. */
  readonly kinds: ReadonlyMap<string, DeploymentKind>;
  /** Faults and requests in one scenario, at most; 4 if nothing is said. */
  readonly faultsMax?: number;
  /** The deployments of the kind, where they are at hand: to find them takes as long as hundreds of runs. */
  readonly deployments?: readonly Deployment[];
}

/**
 * Random scenarios of one deployment kind: its deployments from small to large, light work, and faults of every sort
 * that can hit them. Each is valid: `stringifyScenario` writes it as a file that reads back as the same scenario.
 *
 * They shrink to fewer faults, fewer databases, nodes and clients, simpler causes, and shorter and rounder times.
 */
export function scenariosOf(kind: DeploymentKind, options: ScenarioOptions): fc.Arbitrary<Scenario> {
  const faultsMax = options.faultsMax ?? FAULTS_MAX;
  const deployments = options.deployments ?? deploymentsOf(kind, options.kinds);
  if (deployments.length === 0) throw new Error(`${kind.id} cannot be deployed in any set of Regions`);
  const all = deployments.map((deployment) => scenariosIn(deployment, faultsMax));
  return new ShrinkingArbitrary(fc.oneof(...all), (scenario) => simpler(scenario, options.kinds));
}

/** Scenarios with the topology and the workload of this one, and other faults and seeds. They shrink alike. */
export function scenariosLike(scenario: Scenario, options: ScenarioOptions): fc.Arbitrary<Scenario> {
  const faults = faultSchedules(faultMenu(scenario, options.kinds), options.faultsMax ?? FAULTS_MAX);
  const all = fc.record({ faults, seed: seeds }).map(({ faults, seed }) => ({
    ...scenario,
    seed,
    faults,
    horizonUs: Math.max(scenario.horizonUs, horizonAfter(faults)),
    sampleEveryUs: 0,
    // A search has its own properties; those of a file are meant for its own faults.
    expect: noExpectations,
  }));
  return new ShrinkingArbitrary(all, (found) => simpler(found, options.kinds));
}

const SEEDS = 1_000_000;
const seeds = fc.integer({ min: 1, max: SEEDS }).map(String);

function scenariosIn({ quiet, menu }: Deployment, faultsMax: number): fc.Arbitrary<Scenario> {
  return fc
    .record({
      seed: seeds,
      clients: clientsOf(quiet),
      faults: faultSchedules(menu, faultsMax),
      work: workloadDraws,
      // Somebody who is called and never comes shows what the service does by itself.
      people: fc.constantFrom(true, true, true, false),
    })
    .map(({ seed, clients, faults, work, people }) => {
      const horizonUs = horizonAfter(faults);
      const workload = workloadAround(quiet, faults, horizonUs, work);
      const operators = people ? quiet.topology.operators : {};
      return { ...quiet, seed, horizonUs, faults, workload, topology: { ...quiet.topology, clients, operators } };
    });
}

function horizonAfter(faults: readonly FaultSpec[]): number {
  const lastUs = Math.max(0, ...faults.map(({ atUs, forUs }) => atUs + (forUs ?? 0)));
  return Math.ceil((lastUs + SETTLE_US) / HOUR_US) * HOUR_US;
}
