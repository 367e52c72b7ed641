import type { DeploymentKind } from '@faultline/models';
import type { FaultSpec, Scenario, WorkloadSpec } from '@faultline/scenario';
import * as fc from 'fast-check';
import { deploymentsOf } from '../topologies/deployment.ts';
import { faultMenu } from '../topologies/fault-menu.ts';
import { faultSchedules } from './fault-schedules.ts';
import { FAULTS_MAX, type ScenarioOptions } from './scenarios.ts';
import { workloadAround, workloadDraws } from './workloads.ts';

/** Deployments of a kind as scenarios in which nothing happens. They shrink to the smallest. */
export function topologiesOf(kind: DeploymentKind, kinds: ReadonlyMap<string, DeploymentKind>): fc.Arbitrary<Scenario> {
  return fc.constantFrom(...deploymentsOf(kind, kinds).map(({ quiet }) => quiet));
}

/** Lists of faults and requests that can hit the topology of a scenario, in the order of time. */
export function faultSchedulesOf(scenario: Scenario, options: ScenarioOptions): fc.Arbitrary<readonly FaultSpec[]> {
  return faultSchedules(faultMenu(scenario, options.kinds), options.faultsMax ?? FAULTS_MAX);
}

/** Light work for the clients of a scenario, close together around its first fault. */
export function workloadsOf(scenario: Scenario): fc.Arbitrary<readonly WorkloadSpec[]> {
  return workloadDraws.map((draw) => workloadAround(scenario, scenario.faults, scenario.horizonUs, draw));
}
