import type { DeploymentKind, Layout } from '@faultline/models';
import type { AnyStateMachine } from 'xstate';

/** One chart of a kind in a small deployment, with all that its world can tell it. */
export interface ExploredChart {
  readonly kind: DeploymentKind;
  readonly machine: AnyStateMachine;
  readonly input: unknown;
  /** Role of each node that the chart looks after, at the start. */
  readonly roles: Readonly<Record<string, string>>;
  /** Nodes that do not exist at the start. */
  readonly absent: readonly string[];
  /** Every fact that the chart has a use for in some state. */
  readonly facts: readonly string[];
  /** Durations for every timing of the kind: what they are does not matter, only that they are drawn. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Regions and AZs for the deployments that are explored. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
  'eu-west-1': ['euw1-az1', 'euw1-az2', 'euw1-az3'],
};

/** The first chart of the deployment that comparisons use, which is the smallest that shows all a kind can do. */
export function exploredChart(kind: DeploymentKind): ExploredChart {
  const layout = layoutOf(kind);
  const chart = layout.charts[0];
  if (!chart) throw new Error(`${kind.id} has no chart`);
  const roleOf = (id: string) => layout.nodes.find((node) => node.id === id)?.role ?? '';
  return {
    kind,
    machine: kind.machine,
    input: chart.input,
    roles: Object.fromEntries(chart.nodes.map((id) => [id, roleOf(id)])),
    absent: layout.nodes.filter((node) => node.absent && chart.nodes.includes(node.id)).map(({ id }) => id),
    // What ends in _DUE the chart tells itself, by a timer.
    facts: kind.machine.events.filter((type) => !type.startsWith('xstate.') && !type.endsWith('_DUE')),
    timings: Object.fromEntries(Object.keys(kind.timings).map((name) => [`${name}Ms`, 1_000])),
  };
}

function layoutOf(kind: DeploymentKind): Layout {
  const { databases } = kind.comparison(REGIONS);
  const parsed = Object.fromEntries(
    Object.entries(databases).map(([name, { model, engine, timings, observer, ...rest }]) => [
      name,
      { model: String(model), engine: String(engine ?? kind.engines[0]), parameters: rest as unknown },
    ]),
  );
  const [name, database] = Object.entries(parsed).find(([, one]) => one.model === kind.id) ?? [];
  if (!name || !database) throw new Error(`the comparison of ${kind.id} deploys none of it`);
  return kind.layout(kind.parameters.parse(database.parameters), {
    name,
    engine: database.engine,
    regions: REGIONS,
    regionOf: (az) => Object.keys(REGIONS).find((region) => region === az || REGIONS[region]?.includes(az)),
    databases: parsed,
  });
}
