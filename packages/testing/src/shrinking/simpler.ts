import type { DeploymentKind } from '@faultline/models';
import { parseScenario, type Scenario, stringifyScenario } from '@faultline/scenario';
import { faultMenu } from '../topologies/fault-menu.ts';
import { earlierSeeds, lighterWorkloads, plainerClients } from './lighter-load.ts';
import { fewerFaults, plainerFaults, rounderFaults } from './simpler-faults.ts';
import { shorterRuns, smallerTopologies } from './smaller-topology.ts';

/** One way to make a scenario simpler. What it yields comes first that is simplest. */
export type Simplification = (scenario: Scenario) => Iterable<Scenario>;

/**
 * The ways to make a scenario simpler, in the order in which they are tried: what a reader gains most by comes first.
 * None undoes another: each leads towards fewer parts, shorter lists or rounder numbers, so that shrinking ends.
 */
export function simplifications(kinds: ReadonlyMap<string, DeploymentKind>): readonly Simplification[] {
  const valid = (way: Simplification) => (scenario: Scenario) => readBack(way(scenario), kinds);
  return [
    fewerFaults,
    valid(smallerTopologies),
    valid(shorterRuns),
    lighterWorkloads,
    (scenario) => plainerFaults(scenario, faultMenu(scenario, kinds)),
    valid(plainerClients),
    rounderFaults,
    earlierSeeds,
  ];
}

/** Every scenario that is one step simpler. */
export function* simpler(scenario: Scenario, kinds: ReadonlyMap<string, DeploymentKind>): Generator<Scenario> {
  for (const simplify of simplifications(kinds)) yield* simplify(scenario);
}

/** Those that are valid: written as a file and read again, since only the parser knows every contradiction. */
function* readBack(candidates: Iterable<Scenario>, kinds: ReadonlyMap<string, DeploymentKind>): Generator<Scenario> {
  for (const candidate of candidates) {
    const parsed = parseScenario(stringifyScenario(candidate), candidate.name, kinds);
    if (parsed.ok) yield parsed.scenario;
  }
}
