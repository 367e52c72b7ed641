import type { RandomStream } from '@faultline/clock';
import type { Connection } from '../clients/connection.ts';
import type { Session } from '../clients/session.ts';
import type { Exchange } from '../nodes/exchange.ts';
import type { Statement } from '../nodes/server.ts';
import { ProxiedRequest } from './proxied-request.ts';
import type { RequestHost, RequestSession } from './request-host.ts';

/** One client's connection to a host of the proxy. It outlives the writer, unless it is pinned to a connection there. */
export class ProxySession implements Session, RequestSession {
  readonly isPinned: boolean;
  backend: Connection | null = null;
  readonly #host: RequestHost;
  readonly #idleTimeoutUs: number;
  #closed = false;

  constructor(host: RequestHost, isPinned: boolean, idleTimeoutUs: number) {
    this.#host = host;
    this.isPinned = isPinned;
    this.#idleTimeoutUs = idleTimeoutUs;
  }

  isClosed(nowUs: number, usedAtUs: number): boolean {
    return this.#closed || nowUs - usedAtUs >= this.#idleTimeoutUs;
  }

  close(): void {
    this.#closed = true;
    this.backend = null;
  }

  serve(statement: Statement, exchange: Exchange, random: RandomStream): void {
    if (this.#closed) exchange.resetByPeer();
    else new ProxiedRequest(this.#host, this, statement, exchange, random).start();
  }
}
