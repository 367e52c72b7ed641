import { isAt } from '../network/network.ts';
import type { Site } from '../network/site.ts';
import type { World } from '../world.ts';
import { type Effect, undoAll } from './effect.ts';
import { failHost, harmVolume, onNodes } from './node-effects.ts';
import { stopControl } from './service-effects.ts';

/** A Region without power has no control plane either: charts that work there stand still. */
function darkControl(world: World, region: string): readonly (() => void)[] {
  return [...world.databases()].map((database) =>
    stopControl(database, (chart) => database.node(chart.nodes[0] as string).region === region),
  );
}

/** Everything in the place goes dark and nothing passes; hosts come back when power does. */
function outage(world: World, place: string): () => void {
  const restorePower = world.cutPower(place);
  const undoHosts: (() => void)[] = [];
  for (const database of world.databases()) {
    for (const node of database.hosts())
      if (isAt(node.site, place) && node.hostUp) undoHosts.push(failHost(world, node, true));
  }
  const undoNetwork = world.network.disturb({
    touches: (from, to) => isAt(from, place) || isAt(to, place),
    blocks: true,
  });
  // Power and network first: a host comes back only where there is power. The control plane wakes last.
  return undoAll([...darkControl(world, place), undoAll(undoHosts), undoNetwork, restorePower]);
}

function isolation(world: World, place: string): () => void {
  const crosses = (from: Site, to: Site) => isAt(from, place) !== isAt(to, place);
  return world.network.disturb({ touches: crosses, blocks: true });
}

/** The volumes that are in the place now hang: those of instances, and the segments there of a volume that is shared. */
function stallVolumes(world: World, place: string): () => void {
  const undos: (() => void)[] = [];
  for (const { layout, nodes, plane } of world.databases()) {
    const { replication } = layout;
    if (replication.rule === 'log' && replication.volume === 'shared') {
      const segments = replication.streams.filter(
        ({ to, az, region }) => !nodes.has(to) && (az === place || region === place),
      );
      for (const { to } of segments) undos.push(plane.failSegment(to));
    } else {
      for (const node of nodes.values()) if (isAt(node.site, place)) undos.push(harmVolume(node, 'stalled'));
    }
  }
  return undoAll(undos);
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

const stallVolume = onNodes((_world, node) => harmVolume(node, 'stalled'));
const stallPlace = atPlace(stallVolumes);

export const placeEffects: Readonly<Record<string, Effect>> = {
  'az-outage': atPlace(outage),
  'region-outage': atPlace(outage),
  'az-isolated': atPlace(isolation),
  'region-isolated': atPlace(isolation),
  'storage-stall': {
    prepare: (world, fault) => (fault.target.on === 'node' ? stallVolume : stallPlace).prepare(world, fault),
  },
  'launches-blocked': atPlace((world, place) => world.blockLaunches(place)),
};
