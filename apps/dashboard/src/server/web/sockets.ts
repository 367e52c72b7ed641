import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MESSAGE_BYTES_MAX, SOCKET_PATH } from '../../protocol/limits.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import { CLOSE, SocketOutlet } from './socket-outlet.ts';

/** A longer frame is refused while it arrives; up to here it is read, so that the refusal can say why. */
const FRAME_BYTES_MAX = 4 * MESSAGE_BYTES_MAX;

/** Sockets beyond the cap are told so; far beyond it they are not even opened. */
const TOLD_BEYOND_CAP = 64;

/** All WebSockets of a server. */
export class Sockets {
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #hosts: AllowedHosts;
  readonly #parts: ConnectionParts;

  constructor(http: Server, hosts: AllowedHosts, parts: ConnectionParts) {
    this.#hosts = hosts;
    this.#parts = parts;
    this.#server = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES_MAX, perMessageDeflate: false });
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Called every few seconds. */
  check(): void {
    for (const connection of this.#connections) connection.check();
  }

  /** Sessions have said goodbye; whoever is still there is cut off. */
  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { limits } = this.#parts;
    // The other end may go at any time.
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0];
    const refusal = this.#hosts.refusal(request.headers);
    if (path !== SOCKET_PATH) this.#decline(socket, '404 Not Found', `the socket is at ${SOCKET_PATH}`);
    else if (refusal !== null) this.#decline(socket, '403 Forbidden', refusal);
    else if (this.#server.clients.size >= limits.connections + TOLD_BEYOND_CAP)
      this.#decline(socket, '503 Service Unavailable', this.#fullReason);
    else this.#server.handleUpgrade(request, socket, head, (opened) => this.#open(opened));
  }

  #open(socket: WebSocket): void {
    const { health, limits } = this.#parts;
    if (this.#connections.size >= limits.connections) {
      health.refusals++;
      socket.on('error', () => socket.terminate());
      new SocketOutlet(socket).refuse(this.#fullReason, CLOSE.tryLater);
      return;
    }
    const connection = new Connection(socket, this.#parts);
    this.#connections.add(connection);
    health.connections = this.#connections.size;
    socket.on('close', () => {
      this.#connections.delete(connection);
      health.connections = this.#connections.size;
    });
  }

  get #fullReason(): string {
    return `There are ${this.#parts.limits.connections} connections already, which is the most: try again later.`;
  }

  #decline(socket: Duplex, status: string, reason: string): void {
    this.#parts.health.refusals++;
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(reason) + 1}\r\n\r\n${reason}\n`,
    );
  }
}
