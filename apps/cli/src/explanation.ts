import { describeDistribution } from '@faultline/clock';
import { type DeploymentKind, kinds, type Layout, mermaidChart, parameterList, type Quantity } from '@faultline/models';
import { placementOf } from '@faultline/scenario';
import { comparisonFaults, comparisonScenario } from '@faultline/study';

/** A deployment kind for people and programs: everything that its model claims, with sources. */
export function explanationOf(kind: DeploymentKind) {
  const layout = exampleLayout(kind);
  return {
    kind: kind.id,
    title: kind.title,
    summary: kind.summary,
    engines: kind.engines,
    promises: kind.promises,
    example: `model: ${kind.id}\n${kind.example}`,
    parameters: parameterList(kind),
    proxy: kind.proxy ?? null,
    roles: kind.roles,
    endpoints: endpointsOf(layout),
    timings: Object.entries(kind.timings).map(([timing, { distribution, ...rest }]) => ({
      timing,
      distribution: describeDistribution(distribution),
      ...rest,
    })),
    quantities: quantitiesOf(layout),
    operatorSteps: Object.entries(kind.operatorSteps).map(([step, { reaction, ...rest }]) => ({
      step,
      reaction: describeDistribution(reaction),
      ...rest,
    })),
    acts: kind.acts,
    requests: kind.requests,
    documentedOutage: kind.documentedOutage ?? null,
    chart: mermaidChart(kind.machine),
  };
}

export type Explanation = ReturnType<typeof explanationOf>;

/** How the kind deploys itself for a comparison. */
function exampleLayout(kind: DeploymentKind): Layout | null {
  const fault = comparisonFaults.get('process-crash');
  const scenario = fault && comparisonScenario(kind, fault, kinds);
  const database =
    scenario && Object.values(scenario.topology.databases).find((candidate) => candidate.model === kind.id);
  return database ? kind.layout(database.parameters, placementOf(scenario, database)) : null;
}

function endpointsOf(layout: Layout | null) {
  return (layout?.endpoints ?? []).map(({ id, serves, ttlUs }) => ({ endpoint: id, serves, ttlUs }));
}

/** Numbers of the data plane, as the kind deploys itself for a comparison. */
function quantitiesOf(layout: Layout | null): readonly (Quantity & { readonly quantity: string })[] {
  const found: (Quantity & { readonly quantity: string })[] = [];
  const visit = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('unit' in value && 'grade' in value) found.push({ quantity: name, ...(value as Quantity) });
    else if (!Array.isArray(value)) for (const [key, inner] of Object.entries(value)) visit(key, inner);
  };
  visit('', layout?.replication);
  return found;
}
