import type { NodeLayout } from '@faultline/models';
import type { Surroundings } from '../surroundings.ts';
import { Node } from './node.ts';

/** A node of a database on a host in its AZ; one that names its Region instead belongs to all AZs there. */
export function buildNode({ network, recorder }: Surroundings, database: string, layout: NodeLayout): Node {
  const { id, az, region } = layout;
  return new Node(database, layout, network.site(id, region, az === region ? null : az), recorder);
}
