import { HOUR_US, MINUTE_US, SECOND_US } from '@faultline/clock';
import type { DatabaseSpec, Scenario, TopologySpec } from '@faultline/scenario';
import { smallerParts } from '../topologies/smaller-parts.ts';

/** The scenario with one thing less in its topology. Many of these contradict themselves: the parser tells which. */
export function* smallerTopologies(scenario: Scenario): Generator<Scenario> {
  for (const topology of smaller(scenario.topology)) yield withTopology(scenario, topology);
}

function* smaller(topology: TopologySpec): Generator<TopologySpec> {
  for (const name of Object.keys(topology.databases)) {
    const stays = (spec: { readonly database: string }) => spec.database !== name;
    yield {
      ...topology,
      databases: without(topology.databases, name),
      clients: filtered(topology.clients, stays),
      operators: filtered(topology.operators, stays),
    };
  }
  for (const name of Object.keys(topology.clients)) yield { ...topology, clients: without(topology.clients, name) };
  for (const name of Object.keys(topology.operators))
    yield { ...topology, operators: without(topology.operators, name) };
  for (const [name, spec] of Object.entries(topology.databases)) {
    for (const parameters of smallerParts(spec.parameters)) {
      const smallerDatabase: DatabaseSpec = { ...spec, parameters };
      yield { ...topology, databases: { ...topology.databases, [name]: smallerDatabase } };
    }
    if (spec.observer !== null) {
      yield { ...topology, databases: { ...topology.databases, [name]: { ...spec, observer: null } } };
    }
  }
  for (const region of Object.keys(topology.regions)) yield { ...topology, regions: without(topology.regions, region) };
  for (const [region, azs] of Object.entries(topology.regions)) {
    for (const az of azs.toReversed()) {
      yield { ...topology, regions: { ...topology.regions, [region]: azs.filter((other) => other !== az) } };
    }
  }
  for (const link of topology.links) yield { ...topology, links: topology.links.filter((other) => other !== link) };
}

/** The same, less the work of clients that are gone. */
function withTopology(scenario: Scenario, topology: TopologySpec): Scenario {
  const workload = scenario.workload.filter(({ client }) => Object.hasOwn(topology.clients, client));
  return { ...scenario, topology, workload };
}

function without<Thing>(things: Readonly<Record<string, Thing>>, name: string): Readonly<Record<string, Thing>> {
  return Object.fromEntries(Object.entries(things).filter(([other]) => other !== name));
}

function filtered<Thing>(
  things: Readonly<Record<string, Thing>>,
  stays: (thing: Thing) => boolean,
): Readonly<Record<string, Thing>> {
  return Object.fromEntries(Object.entries(things).filter(([, thing]) => stays(thing)));
}

/** Horizons that people write. */
const HORIZONS_US = [
  10 * SECOND_US,
  30 * SECOND_US,
  MINUTE_US,
  2 * MINUTE_US,
  5 * MINUTE_US,
  10 * MINUTE_US,
  20 * MINUTE_US,
  HOUR_US,
  2 * HOUR_US,
  6 * HOUR_US,
  12 * HOUR_US,
];

/** The scenario with an earlier end, the shortest first. What would begin later than that is left out. */
export function* shorterRuns(scenario: Scenario): Generator<Scenario> {
  const lastUs = Math.max(0, ...scenario.faults.map(({ atUs }) => atUs));
  for (const horizonUs of HORIZONS_US) {
    if (horizonUs <= lastUs || horizonUs >= scenario.horizonUs) continue;
    const workload = scenario.workload
      .filter(({ fromUs }) => fromUs < horizonUs)
      .map((work) => (work.untilUs !== null && work.untilUs >= horizonUs ? { ...work, untilUs: null } : work));
    yield { ...scenario, horizonUs, workload };
  }
}
