import type { Network } from '../network/network.ts';
import type { Site } from '../network/site.ts';
import type { Node } from './node.ts';

/** The node that a topology-aware driver at `site` finds: some node that it reaches knows the writer. */
export function knownWriter(nodes: Iterable<Node>, site: Site, network: Network): Node | null {
  for (const node of nodes) if (node.acceptsWrites && network.connects(site, node.site)) return node;
  return null;
}
