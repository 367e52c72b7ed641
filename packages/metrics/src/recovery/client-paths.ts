import type { ConnectRecord, DisconnectRecord, ResolveRecord } from '@faultline/trace';

/** How one client came back to work, as far as its look-ups and connections tell. */
export interface ClientPath {
  /** Since when its DNS answer names the node that serves; Infinity when it does not; null when it never looked up. */
  readonly resolvedUs: number | null;
  /** Since when it has the connection that works; null when it never opened one. */
  readonly connectedUs: number | null;
  /** Where its operations go now. */
  readonly database: string;
}

/** Before every instant. */
const NEVER = Number.NEGATIVE_INFINITY;

/** What the clients were answered for one endpoint. */
interface Answers {
  readonly endpoint: string;
  readonly nodes: (string | null)[];
  readonly sinceUs: number[];
}

/** Look-ups and connections of all clients of a cohort. */
export class ClientPaths {
  /** One place more than clients, so that they may be counted from 0 or from 1. */
  readonly #places: number;
  /** A cohort uses a handful of endpoints: they are found faster one by one than by a hash. */
  readonly #answers: Answers[] = [];
  readonly #brokenUs: number[];
  readonly #connectedUs: number[];

  constructor(clients: number) {
    this.#places = clients + 1;
    this.#brokenUs = new Array<number>(this.#places).fill(NEVER);
    this.#connectedUs = new Array<number>(this.#places).fill(NEVER);
  }

  resolved(record: ResolveRecord): void {
    const { nodes, sinceUs } = this.#answersOf(record.endpoint);
    if (nodes[record.client] === record.node) return;
    nodes[record.client] = record.node;
    sinceUs[record.client] = record.atUs;
  }

  connected(record: ConnectRecord): void {
    const { client } = record;
    if (record.outcome !== 'ok') this.broke(client, record.atUs);
    else if ((this.#connectedUs[client] as number) <= (this.#brokenUs[client] as number)) {
      this.#connectedUs[client] = record.atUs;
    }
  }

  disconnected(record: DisconnectRecord): void {
    this.broke(record.client, record.atUs);
  }

  /** From now on whatever works at a client is a connection that it opens later. */
  broke(client: number, atUs: number): void {
    this.#brokenUs[client] = atUs;
  }

  /** What is known now of a client, when `node` of `database` is the one that serves. */
  of(client: number, database: string, node: string | undefined): ClientPath {
    const connected = this.#connectedUs[client] !== NEVER;
    return {
      resolvedUs: this.#resolvedUs(client, node),
      connectedUs: connected ? (this.#connectedUs[client] as number) : null,
      database,
    };
  }

  #answersOf(endpoint: string): Answers {
    for (const answers of this.#answers) if (answers.endpoint === endpoint) return answers;
    const sinceUs = new Array<number>(this.#places).fill(NEVER);
    const answers = { endpoint, nodes: new Array<string | null>(this.#places).fill(null), sinceUs };
    this.#answers.push(answers);
    return answers;
  }

  #resolvedUs(client: number, node: string | undefined): number | null {
    let found: number | null = null;
    let elsewhere = false;
    for (const { nodes, sinceUs } of this.#answers) {
      const answer = nodes[client] as string | null;
      if (answer === null && sinceUs[client] === NEVER) continue;
      if (answer === node && node !== undefined) found = Math.max(sinceUs[client] as number, found ?? 0);
      else elsewhere = true;
    }
    // A client may use several endpoints; the one that leads to the serving node is the one it came by.
    return found ?? (elsewhere ? Number.POSITIVE_INFINITY : null);
  }
}
