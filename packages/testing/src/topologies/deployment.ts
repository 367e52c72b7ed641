import type { ComparisonSetup, DeploymentKind } from '@faultline/models';
import { parseScenario, placementOf, type Scenario } from '@faultline/scenario';
import { type FaultChoice, faultMenu } from './fault-menu.ts';
import { FURTHER_SETUPS } from './further-setups.ts';
import { parameterChoices } from './parameter-choices.ts';
import { REGION_SETS } from './region-sets.ts';
import { smallerParts } from './smaller-parts.ts';

/** One way to deploy a kind: a scenario in which nothing happens yet, and all that could break in it. */
export interface Deployment {
  readonly quiet: Scenario;
  readonly menu: readonly FaultChoice[];
}

/** A second cohort that writes, in another Region than the first. */
const ABROAD = 'abroad';
/** A second cohort that writes, through a proxy, beside the first that does not. */
const PROXIED = 'proxied';

/** The cohorts beside the first that write as well. */
export const FURTHER_WRITERS: ReadonlySet<string> = new Set([ABROAD, PROXIED]);

type Databases = ComparisonSetup['databases'];

/**
 * Deployments of a kind, the smallest first: as it sets itself up for a comparison in one Region and in several, with
 * every choice of its parameters made differently once, with every part left out once, and with a proxy where one can
 * stand before it; with and without people.
 */
export function deploymentsOf(kind: DeploymentKind, kinds: ReadonlyMap<string, DeploymentKind>): readonly Deployment[] {
  const found = new Map<string, Scenario>();
  const deployed = new Set<string>();
  for (const regions of REGION_SETS) {
    const setup = kind.comparison(regions);
    for (const databases of [...variations(kind, setup.databases), ...(FURTHER_SETUPS[kind.id] ?? [])]) {
      // In more Regions than it needs it is the same deployment.
      const written = JSON.stringify(databases);
      if (deployed.has(written)) continue;
      const scenario = quietScenario(kind, regions, { ...setup, databases }, kinds);
      if (scenario === null) continue;
      deployed.add(written);
      // What the kind has made of them: a default that is spelled out is no other deployment.
      const key = JSON.stringify(scenario.topology.databases);
      if (!found.has(key)) found.set(key, scenario);
    }
  }
  const bySize = [...found.values()].sort((a, b) => sizeOf(a) - sizeOf(b));
  return bySize.map((quiet) => ({ quiet, menu: faultMenu(quiet, kinds) }));
}

function* variations(kind: DeploymentKind, databases: Databases): Generator<Databases> {
  yield databases;
  for (const [name, mapping] of Object.entries(databases)) {
    if (mapping.model !== kind.id) continue;
    for (const choice of parameterChoices(kind, mapping)) yield { ...databases, [name]: choice };
    if (mapping.proxy === undefined) yield { ...databases, [name]: { ...mapping, proxy: {} } as Databases[string] };
    for (const smaller of smallerParts(mapping)) {
      yield { ...databases, [name]: smaller as Databases[string] };
      for (const smallest of smallerParts(smaller)) yield { ...databases, [name]: smallest as Databases[string] };
    }
  }
}

/** Null where the kind refuses to be deployed like that. */
function quietScenario(
  kind: DeploymentKind,
  regions: Readonly<Record<string, readonly string[]>>,
  setup: ComparisonSetup,
  kinds: ReadonlyMap<string, DeploymentKind>,
): Scenario | null {
  const azs = Object.values(regions).flat();
  const checkout = { connectsTo: 'orders', from: azs[0], count: 1, ...setup.clients };
  const topology = {
    regions,
    databases: setup.databases,
    clients: { checkout },
    ...(setup.operators ? { operators: setup.operators } : {}),
  };
  const head = { scenario: `random-${kind.id.replaceAll('.', '-')}`, seed: '1', horizon: '1h', sample: 'none' };
  const parse = (clients: Readonly<Record<string, unknown>>) =>
    parseScenario(JSON.stringify({ ...head, topology: { ...topology, clients }, workload: [] }), kind.id, kinds);
  const first = parse({ checkout });
  if (!first.ok) return null;
  const parsed = parse({ checkout, ...otherCohorts(first.scenario, kinds) });
  return parsed.ok ? parsed.scenario : null;
}

/** Clients in the last Region that write as well, clients of a proxy that do, and clients of everything that is there to be read. */
function otherCohorts(
  scenario: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
): Readonly<Record<string, unknown>> {
  const { regions, databases } = scenario.topology;
  const azs = Object.values(regions).flat();
  const abroad =
    Object.keys(regions).length > 1 ? { [ABROAD]: { connectsTo: 'orders', from: azs.at(-1), count: 1 } } : {};
  const proxied = databases.orders?.proxy
    ? { [PROXIED]: { connectsTo: 'orders.proxy', from: azs.at(-1), count: 1 } }
    : {};
  const readable = Object.values(databases).flatMap((spec) => {
    const layout = kinds.get(spec.model)?.layout(spec.parameters, placementOf(scenario, spec));
    const endpoints = layout?.endpoints.filter(({ serves }) => serves === 'read') ?? [];
    return [...(spec.name === 'orders' ? [] : [spec.name]), ...endpoints.map(({ id }) => `${spec.name}.${id}`)];
  });
  const readers = readable.map((name) => [
    `${name.replaceAll('.', '-')}-readers`,
    { connectsTo: name, from: azs.at(-1), count: 1 },
  ]);
  return { ...abroad, ...proxied, ...Object.fromEntries(readers) };
}

/** How much there is to look at. */
function sizeOf({ topology }: Scenario): number {
  return JSON.stringify([topology.regions, topology.databases]).length;
}
