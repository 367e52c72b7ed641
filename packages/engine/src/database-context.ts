import type { Agenda, RandomStreams, Sampler } from '@faultline/clock';
import type { DatabaseBlueprint } from './blueprint.ts';
import type { Network } from './network/network.ts';
import type { Node } from './nodes/node.ts';
import type { Recorder } from './recorder.ts';
import type { PlaneContext } from './replication/plane.ts';
import type { Surroundings } from './surroundings.ts';

/** Who tells the charts of a database something. */
interface Teller {
  tell(fact: string, detail?: Readonly<Record<string, unknown>>): void;
  tellOf(node: string, observation: string): void;
}

/** What the data plane and the charts of one database stand in. */
export class DatabaseContext implements PlaneContext {
  readonly database: string;
  readonly agenda: Agenda;
  readonly streams: RandomStreams;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly observed: boolean;
  readonly #world: Surroundings;
  readonly #timings: DatabaseBlueprint['timings'];
  readonly #teller: Teller;

  constructor(world: Surroundings, blueprint: DatabaseBlueprint, nodes: ReadonlyMap<string, Node>, teller: Teller) {
    this.database = blueprint.spec.name;
    this.agenda = world.agenda;
    this.streams = world.streams;
    this.network = world.network;
    this.recorder = world.recorder;
    this.nodes = nodes;
    this.observed = world.observation !== null;
    this.#world = world;
    this.#timings = blueprint.timings;
    this.#teller = teller;
  }

  change(mutate: () => void): void {
    this.#world.change(mutate);
  }

  timing(name: string): Sampler {
    return this.#timings.get(name) as Sampler;
  }

  tell(fact: string, detail?: Readonly<Record<string, unknown>>): void {
    this.#teller.tell(fact, detail);
  }

  tellOf(node: string, observation: string): void {
    this.#teller.tellOf(node, observation);
  }
}
