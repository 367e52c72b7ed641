import type { ClientMessage } from '../../protocol/client-messages.ts';
import { PROTOCOL_VERSION, SOCKET_PATH } from '../../protocol/limits.ts';
import { serverMessage } from '../../protocol/server-messages.ts';
import { emptyModel, type Model } from './model.ts';
import { receive } from './receive.ts';

/** A lost connection is tried again after this long, and each time a little later. */
const RETRY_MS = 250;
const RETRY_MAX_MS = 4_000;

/** Seeks are this far apart at least: the server counts messages. */
const SEEK_EVERY_MS = 60;

/** A page shows time as flowing for at most this long after it last heard from the server. */
const COASTING_MS = 300;

/** What to load into a new session. */
export type Opening = Omit<Extract<ClientMessage, { readonly type: 'load' }>, 'type'>;

/** What to say in a new session; `isRefused`: after what the address asks for was refused. */
type Opener = (model: Model, isRefused: boolean) => readonly ClientMessage[];

/** The page's end of the socket: it says what the hands do, folds what comes back, and reconnects where it broke off. */
export class Session {
  readonly model: Model = emptyModel();
  readonly #opening: Opener;
  #isRefused = false;
  readonly #changed: () => void;
  #socket: WebSocket | null = null;
  #retryMs = RETRY_MS;
  #wishedUs: number | null = null;
  #seeking = false;
  /** Messages that were said while there was no connection. */
  #unsaid: ClientMessage[] = [];

  /** `changed` is called after every message. */
  constructor(opening: Opener, changed: () => void) {
    this.#opening = opening;
    this.#changed = changed;
  }

  connect(): void {
    const { protocol, host } = window.location;
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${SOCKET_PATH}`);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#greet(socket));
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
    socket.addEventListener('close', () => this.#lost(socket));
  }

  /** Goes to an instant. While a hand drags, only the newest wish counts, a few times a second. */
  seek(atUs: number): void {
    this.#wishedUs = Math.round(Math.min(this.model.horizonUs, Math.max(0, atUs)));
    if (this.#seeking) return;
    this.#seeking = true;
    this.#sendWish();
  }

  #sendWish(): void {
    if (this.#wishedUs === null) {
      this.#seeking = false;
      return;
    }
    this.send({ type: 'seek', atUs: this.#wishedUs });
    this.#wishedUs = null;
    setTimeout(() => this.#sendWish(), SEEK_EVERY_MS);
  }

  send(message: ClientMessage): void {
    this.model.problem = null;
    if (this.model.status === 'open' && this.#socket?.readyState === WebSocket.OPEN) this.#say(message);
    else this.#unsaid.push(message);
  }

  /** Simulated time as it should look now: it flows between messages while the session plays. */
  nowUs(nowMs: number): number {
    const { atUs, heardAtMs, playing, waiting, ended, speed, horizonUs, status } = this.model;
    if (!playing || waiting || ended || status !== 'open') return atUs;
    const passedMs = Math.min(COASTING_MS, Math.max(0, nowMs - heardAtMs));
    return Math.min(horizonUs, atUs + passedMs * 1_000 * speed);
  }

  #greet(socket: WebSocket): void {
    const { session, run, lanes } = this.model;
    const seqs = lanes.map(({ seq }) => seq);
    const resume = session === null || seqs.length === 0 ? {} : { resume: { session, run, seqs } };
    socket.send(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, ...resume } satisfies ClientMessage));
  }

  #hear(text: string): void {
    const parsed = serverMessage.safeParse(JSON.parse(text));
    if (!parsed.success) {
      this.model.status = 'refused';
      this.model.statusReason = 'The server speaks another version of the protocol. Reload the page.';
      this.#socket?.close();
      this.#changed();
      return;
    }
    const message = parsed.data;
    receive(this.model, message, performance.now());
    if (message.type === 'welcome') this.#welcomed(message.resumed);
    else if (message.type === 'problem') this.#refused();
    this.#changed();
  }

  #welcomed(resumed: boolean): void {
    this.#retryMs = RETRY_MS;
    if (!resumed) for (const message of this.#opening(this.model, false)) this.#say(message);
    for (const message of this.#unsaid.splice(0)) this.#say(message);
  }

  /** What was asked for first cannot be had: there is something to see beside the reason. */
  #refused(): void {
    if (this.#isRefused || this.model.lanes.length > 0) return;
    this.#isRefused = true;
    for (const message of this.#opening(this.model, true)) this.#say(message);
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    const { model } = this;
    if (model.status === 'refused' || model.status === 'ended') return;
    model.status = 'lost';
    model.atUs = this.nowUs(performance.now());
    this.#changed();
    setTimeout(() => this.connect(), this.#retryMs);
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 1.6);
  }

  #say(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }
}
