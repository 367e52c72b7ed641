import type { DeploymentKind, Layout } from '@faultline/models';
import { type DatabaseSpec, placementOf, type Scenario } from '@faultline/scenario';
import { oncePer } from './once-per.ts';

const layouts = oncePer((_: Scenario['topology']) => new Map<DeploymentKind, Map<string, Layout>>());

/** How a kind lays a database of a scenario out: worked out once for all runs of one topology. */
export function layoutOf(kind: DeploymentKind, scenario: Scenario, spec: DatabaseSpec): Layout {
  const ofTopology = layouts(scenario.topology);
  let ofKind = ofTopology.get(kind);
  if (!ofKind) {
    ofKind = new Map();
    ofTopology.set(kind, ofKind);
  }
  let layout = ofKind.get(spec.name);
  if (!layout) {
    layout = kind.layout(spec.parameters, placementOf(scenario, spec));
    ofKind.set(spec.name, layout);
  }
  return layout;
}
