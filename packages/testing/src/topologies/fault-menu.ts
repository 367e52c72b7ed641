import type { DeploymentKind, Layout } from '@faultline/models';
import {
  type CauseOption,
  causes,
  placementOf,
  requestCause,
  type Scenario,
  type TargetSpec,
} from '@faultline/scenario';

/** One cause with everything in a topology that it can act on, the simplest target first. */
export interface FaultChoice {
  readonly cause: string;
  readonly lasts: boolean;
  readonly options: Readonly<Record<string, CauseOption>>;
  readonly targets: readonly TargetSpec[];
}

/** Everything that can be put under `faults` in this topology, in the order of the catalogue; requests last. */
export function faultMenu(scenario: Scenario, kinds: ReadonlyMap<string, DeploymentKind>): readonly FaultChoice[] {
  const targets = targetsOf(scenario, kinds);
  const injected = [...causes.values()].map(
    ({ id, lasts, options, targets: allowed }): FaultChoice => ({
      cause: id,
      lasts,
      options,
      targets: allowed.flatMap((on) => targets.filter((target) => target.on === on)),
    }),
  );
  const asked = Object.values(scenario.topology.databases).flatMap(({ name, model }) =>
    (kinds.get(model)?.requests ?? []).map((request) => ({ request, database: name })),
  );
  const requests = [...new Set(asked.map(({ request }) => request))].map(
    (request): FaultChoice => ({
      cause: requestCause(request),
      lasts: false,
      options: {},
      targets: targets.filter(
        (target) =>
          (target.on === 'database' || target.on === 'node') &&
          asked.some((one) => one.request === request && one.database === target.database),
      ),
    }),
  );
  return [...injected, ...requests].filter((choice) => choice.targets.length > 0);
}

/** Every target of the topology, of every sort. */
function targetsOf(scenario: Scenario, kinds: ReadonlyMap<string, DeploymentKind>): readonly TargetSpec[] {
  const { databases, regions, clients } = scenario.topology;
  const parts = Object.values(databases).flatMap((spec): readonly TargetSpec[] => {
    const kind = kinds.get(spec.model);
    if (!kind) return [];
    const layout = kind.layout(spec.parameters, placementOf(scenario, spec));
    return [{ on: 'database', database: spec.name, text: spec.name }, ...partTargets(spec.name, kind, layout)];
  });
  const places: readonly TargetSpec[] = [
    ...Object.values(regions).flatMap((azs) => azs.map((az): TargetSpec => ({ on: 'az', az, text: az }))),
    ...Object.keys(regions).map((region): TargetSpec => ({ on: 'region', region, text: region })),
  ];
  const ends = [...parts, ...places].filter(({ on }) => on === 'node' || on === 'az' || on === 'region');
  return [
    ...parts,
    ...places,
    ...links(
      ends.map(({ text }) => text),
      Object.keys(clients),
    ),
  ];
}

function partTargets(database: string, kind: DeploymentKind, layout: Layout): readonly TargetSpec[] {
  const nodes = new Set(layout.nodes.map(({ id }) => id));
  const roles = kind.roles.filter((role) => layout.nodes.some((node) => node.role === role));
  const segments =
    layout.replication.rule === 'log' ? layout.replication.streams.filter(({ to }) => !nodes.has(to)) : [];
  return [
    ...[...roles, ...nodes].map((node): TargetSpec => ({ on: 'node', database, node, text: `${database}.${node}` })),
    ...layout.endpoints.map(
      ({ id }): TargetSpec => ({ on: 'endpoint', database, endpoint: id, text: `${database}.${id}` }),
    ),
    ...segments.map(({ to }): TargetSpec => ({ on: 'segment', database, segment: to, text: `${database}.${to}` })),
  ];
}

/** Links between any two of these ends, and between cohorts of clients and ends; both ways first. */
function links(ends: readonly string[], cohorts: readonly string[]): readonly TargetSpec[] {
  const pairs = ends.flatMap((from, place) => ends.slice(place + 1).map((to) => [from, to] as const));
  const toClients = cohorts.flatMap((cohort) => ends.map((end) => [cohort, end] as const));
  const link = (from: string, to: string, oneWay: boolean): TargetSpec => ({
    on: 'link',
    from,
    to,
    oneWay,
    text: `${from} ${oneWay ? '->' : '<->'} ${to}`,
  });
  const all = [...pairs, ...toClients];
  return [
    ...all.map(([from, to]) => link(from, to, false)),
    ...all.flatMap(([from, to]) => [link(from, to, true), link(to, from, true)]),
  ];
}
