import type { WebSocket } from 'ws';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import type { Outlet } from '../session/outlet.ts';

/** Close codes of RFC 6455, section 7.4.1, and of its registry at IANA. */
export const CLOSE = { goingAway: 1001, policy: 1008, broken: 1011, tryLater: 1013 } as const;

/** Sends a session's messages over a WebSocket. */
export class SocketOutlet implements Outlet {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: ServerMessage): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }

  end(reason: string): void {
    this.send({ type: 'goodbye', reason });
    this.#socket.close(CLOSE.goingAway);
  }

  /** Says why the connection cannot be, and closes it. */
  refuse(reason: string, code: number): void {
    this.send({ type: 'refused', reason });
    this.#socket.close(code);
  }
}
