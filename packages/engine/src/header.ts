import { describeDistribution } from '@faultline/clock';
import type { HeaderDatabase, HeaderRecord } from '@faultline/trace';
import type { DatabaseBlueprint } from './blueprint.ts';
import type { Database } from './database.ts';
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
    databases: [...world.databases()].map(headerDatabase),
    cohorts: [...world.cohorts.values()].map(({ spec }) => ({
      cohort: spec.name,
      database: spec.database,
      from: spec.from,
      clients: spec.count,
    })),
    resolved: scenario,
  };
}

function headerDatabase(database: Database): HeaderDatabase {
  const { blueprint, kind, name } = database;
  return {
    database: name,
    model: kind.id,
    title: kind.title,
    engine: blueprint.spec.engine,
    nodes: [...database.hosts()].map(({ id, az, region, role }) => ({ node: id, az, region, role })),
    endpoints: [...database.endpoints()].map((endpoint) => endpoint.id),
    timings: timingsOf(blueprint),
    acts: kind.acts,
  };
}

/** The same in all runs of a scenario. */
const timingsOf = oncePer(({ kind, spec }: DatabaseBlueprint): HeaderDatabase['timings'] =>
  Object.entries(kind.timings).map(([timing, { distribution, grade, source }]) => {
    const own = spec.timings[timing];
    if (own) return { timing, distribution: describeDistribution(own), grade: 'scenario', source: 'the scenario' };
    return { timing, distribution: describeDistribution(distribution), grade, source };
  }),
);
