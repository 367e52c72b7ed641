import type { Site } from '../network/site.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where health checks of a node in `region` come from: the place that the scenario names, or the control plane of the Region. */
export function eyesOf(world: Surroundings, database: string, observer: string | null, region: string): Site {
  if (observer !== null) return world.place(`${database}/observer`, observer);
  return world.network.site(`control-plane/${region}`, region, null);
}
