import type { Layout } from '@faultline/models';
import { oncePer } from '../once-per.ts';

/**
 * Where clients go that name only the database, by their Region: to the endpoint for writes that has a node there, else to
 * the first one for writes, else to any.
 */
export const defaultEndpointsOf = oncePer(({ endpoints, nodes }: Layout) => {
  const writable = endpoints.filter(({ serves }) => serves !== 'read');
  const isIn = (id: string, region: string) => nodes.some((node) => node.id === id && node.region === region);
  const byRegion = new Map<string, string>();
  for (const { region } of nodes) {
    const near = writable.find((endpoint) => endpoint.nodes.some((id) => isIn(id, region)));
    if (near) byRegion.set(region, near.id);
  }
  const otherwise = (writable[0] ?? endpoints[0])?.id as string;
  return (region: string): string => byRegion.get(region) ?? otherwise;
});
