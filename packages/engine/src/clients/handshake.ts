import { quantity } from '@faultline/models';
import type { ClientSpec } from '@faultline/scenario';
import type { ConnectOutcome } from '@faultline/trace';
import type { Path } from '../network/path.ts';
import { type Answer, Exchange, HANDSHAKE, type Patience, type RequestEnds } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { acceptConnection } from '../nodes/server.ts';
import type { Client } from './client.ts';
import type { Connection } from './connection.ts';

export const handshakeDefaults = {
  synGivesUp: quantity(
    127_000_000,
    'µs',
    'until TCP gives up on a connection, where the driver sets no time-out',
    'documented',
    'Linux, ip-sysctl: tcp_syn_retries = 6',
    '2026-11',
  ),
};

/** How long a driver lets a connection take to open. */
export function connectPatienceOf({ connectTimeoutUs }: ClientSpec['driver']): Patience {
  const answerUs = connectTimeoutUs ?? handshakeDefaults.synGivesUp.value;
  return { answerUs, retransmitUs: answerUs, silenceUs: Number.POSITIVE_INFINITY };
}

/** Who wants the connection. */
export interface Connecting {
  connected(connection: Connection, startedAtUs: number): void;
  notConnected(node: Node, outcome: ConnectOutcome, startedAtUs: number): void;
}

/** One attempt of a client to open a connection to a node. */
export class Handshake implements RequestEnds {
  readonly #client: Client;
  readonly #node: Node;
  readonly #out: Path;
  readonly #back: Path;
  readonly #caller: Connecting;
  readonly #startedAtUs: number;
  /** The life of the process that accepted it, which may be over by the time the client hears of it. */
  #incarnation: number;

  constructor(client: Client, node: Node, caller: Connecting, startedAtUs: number = client.cohort.world.nowUs) {
    const { world, site } = client.cohort;
    this.#client = client;
    this.#node = node;
    this.#out = world.network.path(site, node.site);
    this.#back = world.network.path(node.site, site);
    this.#caller = caller;
    this.#startedAtUs = startedAtUs;
    this.#incarnation = node.incarnation;
  }

  /** The exchange that it takes, which nobody has started. */
  exchange(): Exchange {
    const { world, connectPatience } = this.#client.cohort;
    const { agenda } = world;
    return new Exchange(agenda, this.#node, this.#out, this.#back, HANDSHAKE, connectPatience, this, this.#startedAtUs);
  }

  atNode(exchange: Exchange): void {
    this.#incarnation = this.#node.incarnation;
    acceptConnection(this.#client.cohort.world, this.#node, exchange, this.#out, this.#back);
  }

  atClient(answer: Answer): void {
    if (answer.kind === 'reply' && !answer.reply.error) this.#caller.connected(this.#connection(), this.#startedAtUs);
    else
      this.#caller.notConnected(
        this.#node,
        answer.kind === 'reply' ? 'starting' : outcomes[answer.kind],
        this.#startedAtUs,
      );
  }

  #connection(): Connection {
    return openedConnection(this.#client, this.#node, this.#incarnation, this.#out, this.#back);
  }
}

/** The connection that a client has with a node as of now, with the life of its process that accepted it. */
export function openedConnection(client: Client, node: Node, incarnation: number, out: Path, back: Path): Connection {
  const { pool, cohort } = client;
  const { nowUs } = cohort.world;
  return {
    node,
    incarnation,
    out,
    back,
    session: cohort.database.accept(node),
    openedAtUs: nowUs,
    usedAtUs: nowUs,
    generation: pool.generation,
  };
}

const outcomes = { reset: 'refused', timeout: 'timeout' } as const;
