import { type Sampler, StreamNames } from '@faultline/clock';
import type { ChartLayout, DeploymentKind, EndpointLayout, Layout, NodeLayout } from '@faultline/models';
import { type ClientSpec, type DatabaseSpec, placementOf, type Scenario } from '@faultline/scenario';
import { FactNames } from './control/fact-names.ts';
import { type FactTimingsClass, factTimingsClass, type TimingBlueprint } from './control/timing-draws.ts';
import { paceStreamOf } from './nodes/pace.ts';
import { oncePer } from './once-per.ts';
import { proxyLayout } from './proxy/proxy-layout.ts';
import { timingSamplers } from './timing-samplers.ts';

/** A database as it is before any run: all that depends on its scenario alone, names of its random streams included. */
export interface DatabaseBlueprint {
  readonly spec: DatabaseSpec;
  readonly kind: DeploymentKind;
  readonly layout: Layout;
  /** Draws each of the kind's timings, as the scenario has it or by default. */
  readonly timings: ReadonlyMap<string, Sampler>;
  readonly nodes: readonly NodeBlueprint[];
  readonly endpoints: readonly EndpointBlueprint[];
  /** Null for a database that has none. */
  readonly proxy: ProxyBlueprint | null;
  readonly charts: readonly ChartBlueprint[];
  readonly factNames: FactNames;
}

export interface NodeBlueprint {
  readonly layout: NodeLayout;
  /** Random stream of its hosts' pace. */
  readonly paceStream: string;
}

export interface EndpointBlueprint {
  readonly layout: EndpointLayout;
  readonly stream: string;
}

export interface ProxyBlueprint {
  readonly region: string;
  readonly hosts: readonly NodeBlueprint[];
  readonly endpoint: EndpointBlueprint;
}

export interface ChartBlueprint {
  readonly layout: ChartLayout;
  readonly machine: DeploymentKind['machine'];
  /** All of the kind's, in the order in which they are drawn. */
  readonly timings: readonly TimingBlueprint[];
  readonly FactTimings: FactTimingsClass;
}

type Topology = Scenario['topology'];
type Kinds = ReadonlyMap<string, DeploymentKind>;

const ofTopology = oncePer((topology: Topology) => oncePer((kinds: Kinds) => sourcesFirst(topology, kinds)));

/**
 * Blueprints of all databases of a topology, in an order in which every source comes before its followers: worked out
 * once for all runs.
 *
 * @throws for a database of a kind that `kinds` does not hold.
 */
export function blueprintsOf(topology: Topology, kinds: Kinds): readonly DatabaseBlueprint[] {
  return ofTopology(topology)(kinds);
}

/** Names of the random streams that runs of a topology draw from. */
export const streamNamesOf = oncePer((_: Topology) => new StreamNames());

/** The cohorts of a topology, in its order. */
export const clientsOf = oncePer(({ clients }: Topology): readonly ClientSpec[] => Object.values(clients));

/** The Region of every AZ of a topology. */
export const regionsByAz = oncePer(
  ({ regions }: Topology): ReadonlyMap<string, string> =>
    new Map(Object.entries(regions).flatMap(([region, azs]) => azs.map((az) => [az, region]))),
);

function nodeBlueprint(database: string, layout: NodeLayout): NodeBlueprint {
  return { layout, paceStream: paceStreamOf(database, layout.id) };
}

function endpointBlueprint(database: string, layout: EndpointLayout): EndpointBlueprint {
  return { layout, stream: `${database}/dns/${layout.id}` };
}

function sourcesFirst(topology: Topology, kinds: Kinds): readonly DatabaseBlueprint[] {
  const all = Object.values(topology.databases).map((spec) => blueprintOf(spec, topology, kinds));
  const ordered: DatabaseBlueprint[] = [];
  const visit = (blueprint: DatabaseBlueprint): void => {
    if (ordered.includes(blueprint)) return;
    const { replication } = blueprint.layout;
    const source = all.find(({ spec }) => replication.rule === 'follower' && spec.name === replication.source);
    if (source) visit(source);
    ordered.push(blueprint);
  };
  for (const blueprint of all) visit(blueprint);
  return ordered;
}

function blueprintOf(spec: DatabaseSpec, topology: Topology, kinds: Kinds): DatabaseBlueprint {
  const kind = kinds.get(spec.model);
  if (!kind) throw new Error(`no deployment kind ${spec.model}`);
  const layout = kind.layout(spec.parameters, placementOf({ topology }, spec));
  const timings = timingSamplers(kind, spec);
  return {
    spec,
    kind,
    layout,
    timings,
    nodes: layout.nodes.map((node) => nodeBlueprint(spec.name, node)),
    endpoints: layout.endpoints.map((endpoint) => endpointBlueprint(spec.name, endpoint)),
    proxy: proxyBlueprint(spec, layout),
    charts: layout.charts.map((chart) => ({
      layout: chart,
      machine: kind.machine,
      timings: drawnFor(chart, timings),
      FactTimings: factTimingsClass([...timings.keys()]),
    })),
    factNames: new FactNames(),
  };
}

function proxyBlueprint(spec: DatabaseSpec, { nodes }: Layout): ProxyBlueprint | null {
  const region = nodes[0]?.region as string;
  const layout = proxyLayout(spec, region);
  return (
    layout && {
      region,
      hosts: layout.hosts.map((host) => nodeBlueprint(spec.name, host)),
      endpoint: endpointBlueprint(spec.name, layout.endpoint),
    }
  );
}

/** Named without the chart's kind, so that the same purpose draws the same numbers under every deployment type. */
function drawnFor({ id }: ChartLayout, timings: ReadonlyMap<string, Sampler>): readonly TimingBlueprint[] {
  return [...timings].map(([name, draw]) => ({ name, draw, stream: `${id}/${name}` }));
}
