import type { NODE_OBSERVATIONS } from '@faultline/models';
import type { Network } from '../network/network.ts';
import type { Site } from '../network/site.ts';
import type { Node } from '../nodes/node.ts';
import type { DataPlane } from '../replication/plane.ts';

type Observation = (typeof NODE_OBSERVATIONS)[number];

/** What the control plane believes of one node. */
interface View {
  reachable: boolean;
  /** How often its host had come up when it was last seen. */
  boots: number;
  crashed: boolean;
  storageOk: boolean;
  responsive: boolean;
  connected: boolean | null;
  sourceLost: boolean;
}

/**
 * The control plane's eyes: they are somewhere, and see nodes over links that can fail. It compares what it
 * could know now with what it knew, and tells the difference; how long noticing takes is the chart's timing.
 * A node that it cannot reach keeps its last known state.
 */
export class Observer {
  readonly #site: Site;
  readonly #network: Network;
  readonly #nodes: readonly Node[];
  readonly #plane: DataPlane;
  readonly #tell: (node: Node, observation: Observation, detail?: Readonly<Record<string, unknown>>) => void;
  /** By place of the node. */
  readonly #views: readonly View[];
  #blind = 0;
  /** It was blind until just now, and has to make up for what it missed. */
  #missed = false;

  constructor(
    site: Site,
    network: Network,
    nodes: readonly Node[],
    plane: DataPlane,
    tell: (node: Node, observation: Observation, detail?: Readonly<Record<string, unknown>>) => void,
  ) {
    this.#site = site;
    this.#network = network;
    this.#nodes = nodes;
    this.#plane = plane;
    this.#tell = tell;
    this.#views = nodes.map((node) => ({
      reachable: node.exists,
      boots: node.boots,
      crashed: false,
      storageOk: true,
      responsive: true,
      connected: plane.connected(node.id),
      sourceLost: false,
    }));
  }

  /** The control plane sees nothing until the returned function is called. */
  blind(): () => void {
    this.#blind++;
    return () => {
      this.#blind--;
      this.#missed = true;
      this.look();
    };
  }

  look(): void {
    if (this.#blind > 0) return;
    for (let place = 0; place < this.#nodes.length; place++) {
      const node = this.#nodes[place] as Node;
      const view = this.#views[place] as View;
      if (node.exists) this.#lookAt(node, view);
      else view.reachable = false;
    }
    this.#missed = false;
  }

  #lookAt(node: Node, view: View): void {
    const reachable = this.#hears(node);
    // A host that was replaced, or went and came back unwatched, is another one although it always answered.
    if (reachable !== view.reachable || (reachable && node.boots !== view.boots)) {
      // Its host went and came back while nobody looked: whoever waits for its process learns that it is gone.
      if (this.#missed && reachable && view.reachable) this.#tell(node, 'UNREACHABLE');
      view.reachable = reachable;
      view.boots = node.boots;
      if (reachable) this.#tell(node, 'REACHABLE', { running: node.process === 'running' });
      else this.#tell(node, 'UNREACHABLE');
    }
    if (reachable) this.#lookInside(node, view);
    this.#lookAtReplication(node, view);
    this.#lookAtSource(node, view);
  }

  #lookInside(node: Node, view: View): void {
    const crashed = node.process === 'crashed';
    if (crashed !== view.crashed) {
      view.crashed = crashed;
      if (crashed) this.#tell(node, 'CRASHED');
    }
    const storageOk = node.storage === 'ok';
    if (storageOk !== view.storageOk) {
      view.storageOk = storageOk;
      this.#tell(node, storageOk ? 'STORAGE_REPAIRED' : 'STORAGE_FAILED');
    }
    const { responsive } = node;
    if (responsive !== view.responsive) {
      view.responsive = responsive;
      this.#tell(node, responsive ? 'RESPONSIVE' : 'UNRESPONSIVE');
    }
  }

  /** The writer tells about its replication connections, if anybody can hear it. */
  #lookAtReplication(node: Node, view: View): void {
    const connected = this.#plane.connected(node.id);
    if (connected === view.connected) return;
    if (!this.#isToldAbout(node)) return;
    view.connected = connected;
    if (connected !== null) this.#tell(node, connected ? 'CONNECTED' : 'DISCONNECTED');
  }

  #isToldAbout(node: Node): boolean {
    let writers = 0;
    for (const teller of this.#nodes) {
      if (!teller.writable) continue;
      writers++;
      if (teller !== node && this.#hears(teller)) return true;
    }
    // A replica whose source is another database tells by itself.
    return writers === 0 && this.#hears(node);
  }

  /** For a copy of another database: whether the writer that its data comes from still serves. */
  #lookAtSource(node: Node, view: View): void {
    const source = this.#plane.originWriter();
    const follows = source !== null && source.database !== node.database;
    const lost = follows && !this.#serves(source);
    if (lost === view.sourceLost) return;
    view.sourceLost = lost;
    if (follows) this.#tell(node, lost ? 'SOURCE_LOST' : 'SOURCE_BACK');
  }

  #serves(writer: Node): boolean {
    return writer.acceptsWrites && writer.storage === 'ok' && writer.responsive && this.#reaches(writer);
  }

  #hears(node: Node): boolean {
    return node.hostUp && this.#reaches(node);
  }

  #reaches(node: Node): boolean {
    return this.#network.sees(this.#site, node.site);
  }
}
