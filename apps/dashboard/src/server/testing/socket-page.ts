import { WebSocket } from 'ws';
import type { ClientMessage } from '../../protocol/client-messages.ts';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { type ServerMessage, type ServerMessageOf, serverMessage } from '../../protocol/server-messages.ts';

/** A page over a real socket. */
export class SocketPage {
  readonly messages: ServerMessage[] = [];
  readonly socket: WebSocket;
  readonly #wakers = new Set<() => void>();

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}ws`, { headers });
    this.socket.on('message', (data) => {
      this.messages.push(serverMessage.parse(JSON.parse(String(data))));
      this.#wake();
    });
    this.socket.on('close', () => this.#wake());
    this.socket.on('error', () => this.#wake());
  }

  /** A page that has said hello and was welcomed. */
  static async open(url: string, resume?: Extract<ClientMessage, { type: 'hello' }>['resume']): Promise<SocketPage> {
    const page = new SocketPage(url);
    await page.opened();
    page.say({ type: 'hello', version: PROTOCOL_VERSION, ...(resume ? { resume } : {}) });
    await page.next('welcome');
    return page;
  }

  async opened(): Promise<void> {
    await this.#until(() => this.socket.readyState === WebSocket.OPEN || this.isClosed);
  }

  async closed(): Promise<void> {
    await this.#until(() => this.isClosed);
  }

  get isClosed(): boolean {
    return this.socket.readyState === WebSocket.CLOSED;
  }

  say(...messages: readonly ClientMessage[]): void {
    for (const message of messages) this.socket.send(JSON.stringify(message));
  }

  all<Type extends ServerMessage['type']>(type: Type): ServerMessageOf<Type>[] {
    return this.messages.filter((message) => message.type === type) as ServerMessageOf<Type>[];
  }

  /** The first message of this type, now or later, that fits. */
  async next<Type extends ServerMessage['type']>(
    type: Type,
    fits: (message: ServerMessageOf<Type>) => boolean = () => true,
  ): Promise<ServerMessageOf<Type>> {
    const find = () => this.all(type).find(fits);
    await this.#until(() => find() !== undefined || this.isClosed);
    const found = find();
    if (found === undefined) throw new Error(`closed without ${type}: ${JSON.stringify(this.messages.at(-1))}`);
    return found;
  }

  /** Asks again at every message, and now and then, since sockets open silently. */
  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 20);
        const wake = () => {
          clearTimeout(timer);
          resolve();
        };
        this.#wakers.add(wake);
      });
      this.#wakers.clear();
    }
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
  }
}
