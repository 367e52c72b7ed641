import type { EndpointBlueprint } from '../blueprint.ts';
import type { Surroundings } from '../surroundings.ts';
import { DnsEndpoint } from './zone.ts';

/** A database's endpoint with the random stream that is its own. */
export function buildEndpoint(
  world: Surroundings,
  database: string,
  { layout, stream }: EndpointBlueprint,
): DnsEndpoint {
  const { id, ttlUs, nodes } = layout;
  const random = world.streams.stream(stream);
  return new DnsEndpoint(database, id, ttlUs, nodes, world.agenda, random, world.recorder);
}
