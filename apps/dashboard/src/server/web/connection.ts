import type { RawData, WebSocket } from 'ws';
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { ClientMessageOf } from '../../protocol/client-messages.ts';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import type { HostClock } from '../host-clock.ts';
import type { ServerLimits } from '../limits.ts';
import { Refusal } from '../session/refusal.ts';
import type { Session } from '../session/session.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Health } from './health.ts';
import { MessageBudget } from './message-budget.ts';
import { readMessage } from './read-message.ts';
import { CLOSE, SocketOutlet } from './socket-outlet.ts';

/** Messages beyond the budget, or that cannot be read, before the connection is closed. */
const REFUSALS_MAX = 200;

/** A page that is busy, or slow to take what it is sent, answers late: it is not taken for dead before this many pings. */
const UNANSWERED_MAX = 4;

export interface ConnectionParts {
  readonly sessions: Sessions;
  readonly catalogue: Catalogue;
  readonly limits: ServerLimits;
  readonly health: Health;
  readonly clock: HostClock;
  /** Something is wrong that is our fault. */
  readonly report: (message: string) => void;
}

/** One page's socket: reads what it says, and hands it to the session that it belongs to. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #outlet: SocketOutlet;
  readonly #budget: MessageBudget;
  readonly #openedAtMs: number;
  readonly #socket: WebSocket;
  #session: Session | null = null;
  #refusals = 0;
  #toldOfHurryAtMs = Number.NEGATIVE_INFINITY;
  /** Pings in a row without an answer. */
  #unanswered = 0;

  constructor(socket: WebSocket, parts: ConnectionParts) {
    const { limits, clock } = parts;
    this.#socket = socket;
    this.#parts = parts;
    this.#outlet = new SocketOutlet(socket);
    this.#openedAtMs = clock.nowMs();
    this.#budget = new MessageBudget(limits.messagesPerSecond, limits.messagesAtOnce, this.#openedAtMs);
    socket.on('message', (data: RawData, isBinary) => {
      try {
        this.#receive(data as Buffer, isBinary);
      } catch (error) {
        parts.report(`a connection broke: ${error instanceof Error ? error.message : error}`);
        this.#refuse('This connection broke, which is our fault: load the page again.', CLOSE.broken);
      }
    });
    socket.on('pong', () => {
      this.#unanswered = 0;
    });
    // What breaks the rules of WebSocket closes the socket; nothing else has to be done.
    socket.on('error', () => {
      parts.health.refusals++;
    });
    socket.on('close', () => {
      if (this.#session !== null) parts.sessions.detach(this.#session, this.#outlet, clock.nowMs());
    });
  }

  /** Called every few seconds: ends what is dead, and who never said hello. */
  check(): void {
    const { clock, limits } = this.#parts;
    if (this.#unanswered++ >= UNANSWERED_MAX) this.#socket.terminate();
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    if (this.#session === null && clock.nowMs() - this.#openedAtMs > limits.helloMs)
      this.#refuse('found no hello, expected it first', CLOSE.policy);
  }

  #receive(data: Buffer, isBinary: boolean): void {
    const { health, clock, sessions } = this.#parts;
    const nowMs = clock.nowMs();
    health.messages++;
    if (!this.#budget.takeOne(nowMs)) {
      this.#hurried(nowMs);
      return;
    }
    const read = readMessage(data, isBinary);
    if (!read.ok) this.#unreadable(read.reason);
    else if (read.message.type === 'hello') this.#greet(read.message, nowMs);
    else if (this.#session === null) this.#refuse(`found ${read.message.type}, expected hello first`, CLOSE.policy);
    else if (!this.#budget.takeFor(read.message.type, data.length, nowMs)) this.#hurried(nowMs);
    else {
      sessions.touch(this.#session, nowMs);
      this.#session.handle(read.message);
      sessions.answer(this.#session, nowMs);
    }
  }

  #greet({ version, resume }: ClientMessageOf<'hello'>, nowMs: number): void {
    if (version !== PROTOCOL_VERSION) {
      const reason = `found protocol version ${version}, expected ${PROTOCOL_VERSION}: load the page again`;
      this.#refuse(reason, CLOSE.policy);
    } else if (this.#session !== null) this.#unreadable('found a second hello, expected one');
    else {
      try {
        this.#join(resume, nowMs);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#refuse(error.message, CLOSE.tryLater);
      }
    }
  }

  #join(resume: ClientMessageOf<'hello'>['resume'], nowMs: number): void {
    const { sessions, catalogue } = this.#parts;
    const known = resume === undefined ? undefined : sessions.find(resume.session);
    const session = known ?? sessions.open(nowMs);
    this.#session = session;
    const resumed = known !== undefined;
    this.#outlet.send({ type: 'welcome', version: PROTOCOL_VERSION, session: session.id, resumed, catalogue });
    sessions.touch(session, nowMs);
    session.attach(this.#outlet, resumed && resume ? { run: resume.run, seqs: resume.seqs } : null);
  }

  /** Too much at once: it is told once a second, and closed when it goes on. */
  #hurried(nowMs: number): void {
    this.#countRefusal();
    if (nowMs - this.#toldOfHurryAtMs < 1_000) return;
    this.#toldOfHurryAtMs = nowMs;
    const { messagesPerSecond } = this.#parts.limits;
    const text = `That was too much at once: at most ${messagesPerSecond} messages a second, and ${messagesPerSecond / 10} changes. It was not done.`;
    this.#outlet.send({ type: 'problem', where: 'message', text });
  }

  #unreadable(reason: string): void {
    this.#outlet.send({ type: 'problem', where: 'message', text: reason });
    this.#countRefusal();
  }

  #countRefusal(): void {
    this.#parts.health.refusals++;
    if (++this.#refusals < REFUSALS_MAX) return;
    this.#refuse(`found ${this.#refusals} messages too many, or that cannot be read`, CLOSE.policy);
  }

  #refuse(reason: string, code: number): void {
    this.#parts.health.refusals++;
    this.#outlet.refuse(reason, code);
  }
}
