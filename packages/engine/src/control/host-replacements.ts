import type { Site } from '../network/site.ts';
import type { Node } from '../nodes/node.ts';
import type { DataPlane } from '../replication/plane.ts';
import type { Surroundings } from '../surroundings.ts';

interface Replacement {
  readonly az: string;
  readonly volumeLost: boolean;
  /** It could not be made at once. */
  waited: boolean;
}

/** New hosts that were ordered: each is made as soon as its AZ has power and launches hosts, and the control plane reaches it. */
export class HostReplacements {
  readonly #world: Surroundings;
  readonly #plane: DataPlane;
  readonly #observes: (node: Node, site: Site) => boolean;
  /** Made with the first one. */
  #ordered: Map<Node, Replacement> | null = null;

  constructor(world: Surroundings, plane: DataPlane, observes: (node: Node, site: Site) => boolean) {
    this.#world = world;
    this.#plane = plane;
    this.#observes = observes;
  }

  order(node: Node, az: string | null, volumeLost: boolean): void {
    this.#ordered ??= new Map();
    this.#ordered.set(node, { az: az ?? node.az, volumeLost, waited: false });
  }

  /** Looks again at all that wait. */
  reconsider(): void {
    if (this.#ordered === null) return;
    for (const [node, replacement] of this.#ordered) this.#try(node, replacement);
  }

  /** The node goes, with its host and its volume. */
  discard(node: Node): void {
    this.#ordered?.delete(node);
    this.#world.stopNode(node, 'stopped', !node.hostUp);
    node.exists = false;
    node.hostUp = false;
    node.hostGeneration++;
    node.volumeGeneration++;
  }

  #try(node: Node, replacement: Replacement): void {
    const { az, volumeLost, waited } = replacement;
    const site = az === node.az ? node.site : this.#world.network.site(`${node.id}@${az}`, node.region, az);
    if (this.#world.hasNoPower(site) || !this.#world.launchesHosts(site) || !this.#observes(node, site)) {
      replacement.waited = true;
      return;
    }
    this.#ordered?.delete(node);
    // While the order waited, its reason went away: the old host is back, and well.
    if (waited && az === node.az && node.hostUp && node.storage === 'ok' && !node.fenced) return;
    this.#world.stopNode(node, 'stopped', !node.hostUp);
    node.replaceHost(az, site);
    if (volumeLost) {
      node.volumeGeneration++;
      node.storage = 'ok';
      this.#plane.execute({ type: 'LOSE_VOLUME', node: node.id });
    }
    node.hostReturned();
    node.record(this.#world.nowUs);
  }
}
