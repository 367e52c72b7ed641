import { describeDistribution } from '@faultline/clock';
import type { Scenario } from '@faultline/scenario';
import type { HeaderDatabase, HeaderRecord } from '@faultline/trace';
import type { DatabaseBlueprint } from './blueprint.ts';
import { oncePer } from './once-per.ts';
import type { World } from './world.ts';

/** The first record of a run: what is run, with every default that applied. */
export function headerOf(world: World): HeaderRecord {
  const { scenario } = world;
  return {
    type: 'header',
    atUs: 0,
    format: 'faultline-trace/1',
    scenario: scenario.name,
    summary: scenario.summary,
    seed: scenario.seed,
    horizonUs: scenario.horizonUs,
    databases: described(world.blueprints),
    cohorts: cohortsOf(scenario.topology),
    resolved: scenario,
  };
}

// What is described is the same in all runs of a scenario.

const described = oncePer((blueprints: readonly DatabaseBlueprint[]) => blueprints.map(headerDatabase));

const cohortsOf = oncePer(({ clients }: Scenario['topology']): HeaderRecord['cohorts'] =>
  Object.values(clients).map(({ name, database, from, count }) => ({ cohort: name, database, from, clients: count })),
);

function headerDatabase(blueprint: DatabaseBlueprint): HeaderDatabase {
  const { spec, kind, proxy } = blueprint;
  const nodes = [...blueprint.nodes, ...(proxy?.hosts ?? [])];
  const endpoints = [...blueprint.endpoints, ...(proxy ? [proxy.endpoint] : [])];
  return {
    database: spec.name,
    model: kind.id,
    title: kind.title,
    engine: spec.engine,
    nodes: nodes.map(({ layout: { id, az, region, role } }) => ({ node: id, az, region, role })),
    endpoints: endpoints.map(({ layout }) => layout.id),
    timings: timingsOf(blueprint),
    acts: kind.acts,
  };
}

function timingsOf({ kind, spec }: DatabaseBlueprint): HeaderDatabase['timings'] {
  return Object.entries(kind.timings).map(([timing, { distribution, grade, source }]) => {
    const own = spec.timings[timing];
    if (own) return { timing, distribution: describeDistribution(own), grade: 'scenario', source: 'the scenario' };
    return { timing, distribution: describeDistribution(distribution), grade, source };
  });
}
