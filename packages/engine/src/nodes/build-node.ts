import type { NodeBlueprint } from '../blueprint.ts';
import type { Surroundings } from '../surroundings.ts';
import { Node } from './node.ts';
import { HostPaces } from './pace.ts';

/** A node of a database on a host in its AZ; one that names its Region instead belongs to all AZs there. */
export function buildNode(world: Surroundings, database: string, { layout, paceStream }: NodeBlueprint): Node {
  const { id, az, region } = layout;
  const site = world.network.site(id, region, az === region ? null : az);
  return new Node(database, layout, site, world.recorder, new HostPaces(world.streams.stream(paceStream)));
}
