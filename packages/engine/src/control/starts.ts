import type { Handle } from '@faultline/clock';
import type { Node } from '../nodes/node.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ControlledDatabase } from './controlled-database.ts';

/** Process starts that are under way: the start itself, then crash recovery as long as the log demands. */
export class Starts {
  readonly #world: Surroundings;
  readonly #database: ControlledDatabase;
  /** Made with the first one: most databases of a run start no process. */
  #underWay: Map<Node, Handle> | null = null;

  constructor(world: Surroundings, database: ControlledDatabase) {
    this.#world = world;
    this.#database = database;
  }

  /** Starts the process of `node`; `<ROLE>_STARTED` follows. Nothing happens on a host that is down: it is the chart's to wait for it. */
  begin(node: Node, startUs: number, clean: boolean): void {
    if (!node.hostUp) return;
    this.#world.change(() => {
      if (node.process === 'running') this.#world.stopNode(node, 'stopped', false);
      node.process = 'starting';
      // Who starts it means it to serve; a fence that comes while it starts holds all the same.
      node.fenced = false;
    });
    node.record(this.#world.nowUs);
    this.#later(node, startUs, () => {
      const recoveryUs = clean ? 0 : Math.round(this.#database.plane.recoveryUs(node) * node.pace);
      if (recoveryUs > 0) {
        node.process = 'recovering';
        node.record(this.#world.nowUs);
      }
      this.#later(node, recoveryUs, () => this.#finish(node));
    });
  }

  /** The host or the process was lost meanwhile. */
  cancel(node: Node): void {
    const handle = this.#underWay?.get(node);
    if (handle === undefined) return;
    this.#world.agenda.cancel(handle);
    this.#underWay?.delete(node);
  }

  #later(node: Node, delayUs: number, next: () => void): void {
    this.cancel(node);
    this.#underWay ??= new Map();
    this.#underWay.set(node, this.#world.agenda.schedule(delayUs, next));
  }

  #finish(node: Node): void {
    this.#underWay?.delete(node);
    this.#world.change(() => {
      node.process = 'running';
    });
    node.record(this.#world.nowUs);
    this.#database.tellOf(node.id, 'STARTED');
  }
}
