import type { Placement } from '@faultline/models';
import type { DatabaseSpec, Scenario } from './scenario.ts';

/** Region of an AZ of the scenario; undefined for what is no AZ. */
export function regionOf({ topology }: Pick<Scenario, 'topology'>, az: string): string | undefined {
  for (const [region, azs] of Object.entries(topology.regions)) if (azs.includes(az)) return region;
  return undefined;
}

/** What a kind may look at when it lays out one database of a scenario. */
export function placementOf(scenario: Pick<Scenario, 'topology'>, { name, engine }: DatabaseSpec): Placement {
  const { regions, databases } = scenario.topology;
  return { name, engine, regions, databases, regionOf: (az) => regionOf(scenario, az) };
}
