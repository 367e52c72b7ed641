import type { ChartLayout, DeploymentKind } from '@faultline/models';
import { parseScenario, placementOf } from '@faultline/scenario';

/** Every chart of every kind, as the kind's own example lays it out. */
export function layoutsOf(kinds: ReadonlyMap<string, DeploymentKind>) {
  return [...kinds.values()].flatMap((kind) => chartsOf(kind, kinds));
}

const REGIONS = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
  'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
};

function chartsOf(
  kind: DeploymentKind,
  kinds: ReadonlyMap<string, DeploymentKind>,
): readonly { readonly kind: DeploymentKind; readonly name: string; readonly layout: ChartLayout }[] {
  const { databases, clients } = kind.comparison(REGIONS);
  const text = JSON.stringify({
    scenario: 'charts',
    summary: 'The charts of one kind.',
    seed: '7',
    horizon: '1m',
    topology: {
      regions: REGIONS,
      databases,
      clients: { clients: { connectsTo: 'orders', from: 'use1-az1', ...clients } },
    },
    workload: [{ client: 'clients', op: 'write', arrivals: { poisson: '1/s' } }],
  });
  const parsed = parseScenario(text, kind.id, kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { scenario } = parsed;
  return Object.values(scenario.topology.databases)
    .filter(({ model }) => model === kind.id)
    .flatMap((spec) => kind.layout(spec.parameters, placementOf(scenario, spec)).charts)
    .map((layout) => ({ kind, name: layout.id, layout }));
}
