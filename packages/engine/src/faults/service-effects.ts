import { quantity } from '@faultline/models';
import type { FaultSpec, TargetSpec } from '@faultline/scenario';
import type { ChartRunner } from '../control/chart-runner.ts';
import type { Database } from '../database.ts';
import type { World } from '../world.ts';
import { type Effect, undoAll } from './effect.ts';

export const corruptionDefaults = {
  badWrites: quantity(
    10,
    'writes',
    'that a corruption makes, on the lowest keys',
    'assumed',
    "a faulty migration or an operator's slip touches several rows",
    '2026-11',
  ),
};
const BAD_WRITES = corruptionDefaults.badWrites.value;

/** Databases that a target names: one, or all that have their control plane in a Region. */
function databasesAt(world: World, target: TargetSpec): readonly Database[] {
  if (target.on === 'region')
    return [...world.databases()].filter((database) => database.layout.nodes[0]?.region === target.region);
  return 'database' in target ? [world.database(target.database)] : [];
}

function onDatabases(deed: (world: World, database: Database, fault: FaultSpec) => (() => void) | null): Effect {
  return {
    prepare(world, fault) {
      const databases = databasesAt(world, fault.target);
      return {
        resolved: databases.map((database) => database.name),
        apply: () => undoAll(databases.map((database) => deed(world, database, fault)).filter((undo) => undo !== null)),
      };
    },
  };
}

/** The control plane of these charts neither notices nor does anything. */
export function stopControl(database: Database, concerns: (chart: ChartRunner) => boolean = () => true): () => void {
  const charts = database.charts.filter(concerns);
  const observers = database.observers.filter((_, index) => charts.includes(database.charts[index] as ChartRunner));
  return undoAll([...charts.map((chart) => chart.slowDown(0)), ...observers.map((observer) => observer.blind())]);
}

export const serviceEffects: Readonly<Record<string, Effect>> = {
  'control-plane-down': onDatabases((_world, database) => stopControl(database)),
  'control-plane-slow': onDatabases((_world, database, { options }) =>
    undoAll(database.charts.map((chart) => chart.slowDown(1 / Number(options.factor)))),
  ),
  'dns-frozen': onDatabases((_world, database) => {
    for (const endpoint of database.endpoints()) endpoint.freeze();
    return () => {
      for (const endpoint of database.endpoints()) endpoint.thaw();
    };
  }),
  'endpoint-record-lost': onDatabases((_world, database, { target }) => {
    const lost = target.on === 'endpoint' ? [database.endpoint(target.endpoint)] : [...database.endpoints()];
    for (const endpoint of lost) endpoint.lose();
    return () => {
      for (const endpoint of lost) endpoint.restore();
    };
  }),
  'replication-paused': onDatabases((_world, database, { target }) =>
    database.plane.pauseReplication(target.on === 'node' ? (database.nodesNamed(target.node)[0]?.id ?? null) : null),
  ),
  'logical-corruption': onDatabases((world, database) => {
    for (let key = 1; key <= BAD_WRITES; key++) database.plane.corrupt(key, world.nextOperation());
    return null;
  }),
  'segment-failure': onDatabases((_world, database, { target }) =>
    target.on === 'segment' ? database.plane.failSegment(target.segment) : null,
  ),
};
