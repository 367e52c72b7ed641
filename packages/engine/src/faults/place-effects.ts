import type { Site } from '../network/site.ts';
import { isAt } from '../network/network.ts';
import type { World } from '../world.ts';
import { type Effect, undoAll } from './effect.ts';
import { failHost } from './node-effects.ts';

/** Everything in the place goes dark and nothing passes; hosts come back when power does. */
function outage(world: World, place: string): () => void {
  const restorePower = world.cutPower(place);
  const undoHosts: (() => void)[] = [];
  for (const database of world.databases()) {
    for (const node of database.nodes.values()) if (isAt(node.site, place) && node.hostUp) undoHosts.push(failHost(world, node, true));
  }
  const undoNetwork = world.network.disturb({ touches: (from, to) => isAt(from, place) || isAt(to, place), blocks: true });
  // Power and network first: a host comes back only where there is power.
  return undoAll([undoAll(undoHosts), undoNetwork, restorePower]);
}

function isolation(world: World, place: string): () => void {
  const crosses = (from: Site, to: Site) => isAt(from, place) !== isAt(to, place);
  return world.network.disturb({ touches: crosses, blocks: true });
}

function atPlace(deed: (world: World, place: string) => () => void): Effect {
  return {
    prepare(world, { target }) {
      const place = target.on === 'az' ? target.az : target.on === 'region' ? target.region : null;
      if (place === null) return { resolved: [], apply: () => null };
      return { resolved: [place], apply: () => deed(world, place) };
    },
  };
}

export const placeEffects: Readonly<Record<string, Effect>> = {
  'az-outage': atPlace(outage),
  'region-outage': atPlace(outage),
  'az-isolated': atPlace(isolation),
  'region-isolated': atPlace(isolation),
};
