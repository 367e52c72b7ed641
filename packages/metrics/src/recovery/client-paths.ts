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

interface Answers {
  readonly nodes: (string | null)[];
  readonly sinceUs: Float64Array;
}

/** Look-ups and connections of all clients of a cohort. */
export class ClientPaths {
  readonly #clients: number;
  readonly #answers = new Map<string, Answers>();
  readonly #brokenUs: Float64Array;
  readonly #connectedUs: Float64Array;

  constructor(clients: number) {
    this.#clients = clients + 1;
    this.#brokenUs = new Float64Array(this.#clients).fill(-1);
    this.#connectedUs = new Float64Array(this.#clients).fill(-1);
  }

  resolved(record: ResolveRecord): void {
    let answers = this.#answers.get(record.endpoint);
    if (!answers) {
      answers = { nodes: new Array(this.#clients).fill(null), sinceUs: new Float64Array(this.#clients) };
      this.#answers.set(record.endpoint, answers);
    }
    if (answers.nodes[record.client] === record.node) return;
    answers.nodes[record.client] = record.node;
    answers.sinceUs[record.client] = record.atUs;
  }

  connected(record: ConnectRecord): void {
    const { client } = record;
    if (record.outcome !== 'ok') this.#brokenUs[client] = record.atUs;
    else if ((this.#connectedUs[client] as number) <= (this.#brokenUs[client] as number)) {
      this.#connectedUs[client] = record.atUs;
    }
  }

  disconnected(record: DisconnectRecord): void {
    this.#brokenUs[record.client] = record.atUs;
  }

  /** What is known now of a client, when `node` of `database` is the one that serves. */
  of(client: number, database: string, node: string | undefined): ClientPath {
    const connected = (this.#connectedUs[client] as number) >= 0;
    return {
      resolvedUs: this.#resolvedUs(client, node),
      connectedUs: connected ? (this.#connectedUs[client] as number) : null,
      database,
    };
  }

  #resolvedUs(client: number, node: string | undefined): number | null {
    let found: number | null = null;
    let elsewhere = false;
    for (const { nodes, sinceUs } of this.#answers.values()) {
      const answer = nodes[client] as string | null;
      if (answer === null && sinceUs[client] === 0) continue;
      if (answer === node && node !== undefined) found = Math.max(sinceUs[client] as number, found ?? 0);
      else elsewhere = true;
    }
    // A client may use several endpoints; the one that leads to the serving node is the one it came by.
    return found ?? (elsewhere ? Number.POSITIVE_INFINITY : null);
  }
}
