import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientMessage } from '../protocol/client-messages.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';

/** What is read of a message without parsing it whole: twenty pages share the machine with the server. */
interface Glance {
  readonly type: string;
  readonly atUs: number;
  readonly bytes: number;
  /** Of `simulated`. */
  readonly records: number;
  readonly done: boolean;
}

/** A page that takes everything and only looks at what it needs to measure. */
export class MeasuredPage {
  readonly #socket: WebSocket;
  #watchers: ((glance: Glance) => void)[] = [];
  /** Simulated time that was reached. */
  atUs = 0;
  bytes = 0;
  /** Milliseconds between two frames at the most, since `resetGaps`. */
  longestGapMs = 0;
  #frameAtMs = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#see(String(data)));
  }

  static async open(url: string): Promise<MeasuredPage> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}ws`);
    const page = new MeasuredPage(socket);
    await once(socket, 'open');
    page.say({ type: 'hello', version: PROTOCOL_VERSION });
    await page.next('welcome');
    return page;
  }

  say(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The next message of a type, or of one of several, that fits. */
  next(type: string | readonly string[], fits: (glance: Glance) => boolean = () => true): Promise<Glance> {
    const types: readonly string[] = typeof type === 'string' ? [type] : type;
    return new Promise((resolve, reject) => {
      const watch = (glance: Glance): void => {
        const isProblem = glance.type === 'problem' || glance.type === 'refused';
        if (!isProblem && !(types.includes(glance.type) && fits(glance))) return;
        this.#watchers = this.#watchers.filter((each) => each !== watch);
        if (isProblem) reject(new Error(`${glance.type} while waiting for ${types.join(' or ')}`));
        else resolve(glance);
      };
      this.#watchers.push(watch);
    });
  }

  resetGaps(): void {
    this.longestGapMs = 0;
    this.#frameAtMs = performance.now();
  }

  close(): void {
    this.#socket.terminate();
  }

  #see(text: string): void {
    const type = /^\{"type":"([a-z-]+)"/.exec(text)?.[1] ?? '';
    const atUs = Number(/"atUs":(\d+)/.exec(text.slice(0, 300))?.[1] ?? 0);
    this.bytes += text.length;
    if (type === 'records' || type === 'snapshot') {
      const nowMs = performance.now();
      this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.#frameAtMs);
      this.#frameAtMs = nowMs;
      this.atUs = atUs;
    }
    const records = type === 'simulated' ? Number(/"records":(\d+)/.exec(text)?.[1] ?? 0) : 0;
    const done = type === 'simulated' && text.includes('"done":true');
    for (const watch of [...this.#watchers]) watch({ type, atUs, bytes: text.length, records, done });
  }
}
