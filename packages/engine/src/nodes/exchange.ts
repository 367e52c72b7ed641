import type { Agenda, Handle } from '@faultline/clock';
import { Path } from '../network/path.ts';
import type { HeldRequest } from './held-request.ts';
import type { Node } from './node.ts';

/** What the client learns of one request: an answer, or why there is none. */
export type Answer =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The peer said so: nothing listens, or the connection no longer exists. */
  | { readonly kind: 'reset'; readonly reached: boolean }
  | { readonly kind: 'timeout'; readonly reached: boolean };

export interface Reply {
  readonly error?: string;
  readonly lsn?: number;
  readonly timeline?: number;
  readonly committedAtUs?: number;
  readonly value?: number;
  readonly staleUs?: number;
}

/** How long a client waits for an answer before it gives the connection up. */
export interface Patience {
  /** Longest wait in all; Infinity for none. */
  readonly answerUs: number;
  /** TCP resets a connection whose data stays unacknowledged this long. */
  readonly retransmitUs: number;
  /** With keepalive: silence after an acknowledged request for this long resets the connection; else Infinity. */
  readonly silenceUs: number;
}

/** In place of an incarnation: the request opens a connection, so it belongs to none yet. */
export const HANDSHAKE = 0;

/**
 * One request on its way to a node and back. At any time it has exactly one entry in the agenda: the next
 * thing that will happen to it, or the instant at which its client stops waiting.
 */
export class Exchange implements HeldRequest {
  readonly node: Node;
  readonly incarnation: number;
  /** Where the write was appended, for those who can look behind the service. */
  appended: { readonly timeline: number; readonly lsn: number; readonly atUs: number } | null = null;
  readonly #agenda: Agenda;
  readonly #out: Path;
  readonly #back: Path;
  readonly #patience: Patience;
  readonly #serve: (exchange: Exchange) => void;
  readonly #done: (answer: Answer) => void;
  readonly #startedAtUs: number;
  #handle: Handle = 0;
  #leaveWaiting: (() => void) | null = null;
  #reached = false;
  #over = false;
  #replySentAtUs = Number.POSITIVE_INFINITY;

  constructor(
    agenda: Agenda,
    node: Node,
    out: Path,
    back: Path,
    incarnation: number,
    patience: Patience,
    serve: (exchange: Exchange) => void,
    done: (answer: Answer) => void,
  ) {
    this.#agenda = agenda;
    this.node = node;
    this.#out = out;
    this.#back = back;
    this.incarnation = incarnation;
    this.#patience = patience;
    this.#serve = serve;
    this.#done = done;
    this.#startedAtUs = agenda.nowUs;
  }

  /** Sends the request. */
  start(): void {
    this.#travel(this.#out, this.#startedAtUs, this.#arrive);
  }

  /** The node will have its answer ready at `atUs`; may be called again as long as it has not been sent. */
  replyAt(atUs: number, reply: Reply): void {
    this.#replySentAtUs = atUs;
    const dueUs = Math.max(atUs, this.#agenda.nowUs) + this.#back.latencyUs();
    this.#await(dueUs, () => {
      if (!this.#back.open || this.#back.closedAtUs >= atUs) this.#travel(this.#back, atUs, () => this.#finish({ kind: 'reply', reply }));
      else this.#finish({ kind: 'reply', reply });
    });
  }

  replyNow(): void {
    this.replyAt(this.#agenda.nowUs, {});
  }

  /** No answer is in sight (a commit that waits for a copy, a stalled disk): only patience runs. */
  hold(): void {
    this.#replySentAtUs = Number.POSITIVE_INFINITY;
    this.#await(Number.POSITIVE_INFINITY, unreachable);
  }

  /** The node's process ended in an orderly way or crashed: its kernel resets the connection. */
  resetByPeer(): void {
    if (this.#replySentAtUs <= this.#agenda.nowUs) return;
    const atUs = this.#agenda.nowUs;
    this.#travel(this.#back, atUs, () => this.#finish({ kind: 'reset', reached: this.#reached }));
  }

  /** The host is gone without a word. */
  abandon(): void {
    if (this.#replySentAtUs <= this.#agenda.nowUs) return;
    this.hold();
  }

  /** The host came back: it answers the next retransmitted segment with a reset. */
  resetOnRetransmission(): void {
    if (this.#over || this.#replySentAtUs <= this.#agenda.nowUs) return;
    const atUs = Path.retransmitAtUs(this.#startedAtUs, this.#agenda.nowUs);
    this.#await(atUs, () => this.#travel(this.#back, atUs, () => this.#finish({ kind: 'reset', reached: this.#reached })));
  }

  readonly #arrive = (): void => {
    const node = this.node;
    if (!node.hostUp) {
      node.orphaned.add(this);
      this.hold();
      return;
    }
    this.#reached = true;
    const listens = this.incarnation === HANDSHAKE ? node.process !== 'crashed' && node.process !== 'stopped' : node.incarnation === this.incarnation;
    if (!listens) {
      this.#reached = false;
      this.resetByPeer();
      return;
    }
    node.held.add(this);
    this.#serve(this);
  };

  #travel(path: Path, sentAtUs: number, next: () => void): void {
    if (!path.open) {
      this.#park(path, sentAtUs, next);
      return;
    }
    const leftAtUs = this.#agenda.nowUs;
    this.#await(leftAtUs + path.latencyUs(), () => {
      if (!path.open || path.closedAtUs >= leftAtUs) this.#park(path, sentAtUs, next);
      else next();
    });
  }

  /** The message was lost on a closed path: TCP sends it again once the path is open. */
  #park(path: Path, sentAtUs: number, next: () => void): void {
    if (path.open) {
      this.#resend(path, sentAtUs, next);
      return;
    }
    const resume = () => {
      this.#leaveWaiting = null;
      this.#resend(path, sentAtUs, next);
    };
    this.#await(Number.POSITIVE_INFINITY, unreachable);
    path.waiting.add(resume);
    this.#leaveWaiting = () => path.waiting.delete(resume);
  }

  #resend(path: Path, sentAtUs: number, next: () => void): void {
    this.#await(Path.retransmitAtUs(sentAtUs, this.#agenda.nowUs), () => this.#travel(path, sentAtUs, next));
  }

  #await(dueUs: number, next: () => void): void {
    if (this.#over) return;
    if (this.#handle !== 0) this.#agenda.cancel(this.#handle);
    this.#leaveWaiting?.();
    this.#leaveWaiting = null;
    const givesUpAtUs = this.#givesUpAtUs();
    if (dueUs <= givesUpAtUs) this.#handle = this.#agenda.scheduleAt(Math.max(dueUs, this.#agenda.nowUs), next);
    else if (givesUpAtUs === Number.POSITIVE_INFINITY) this.#handle = 0;
    else this.#handle = this.#agenda.scheduleAt(Math.max(givesUpAtUs, this.#agenda.nowUs), this.#expire);
  }

  #givesUpAtUs(): number {
    const { answerUs, retransmitUs, silenceUs } = this.#patience;
    // Unacknowledged data is TCP's own concern; once the request has arrived, only keepalive notices silence,
    // and only silence: a host that is up acknowledges the probes however long it takes to answer.
    const tcpUs = this.#reached ? (this.node.hostUp && this.#out.open && this.#back.open ? Number.POSITIVE_INFINITY : silenceUs) : retransmitUs;
    return this.#startedAtUs + Math.min(answerUs, tcpUs);
  }

  readonly #expire = (): void => this.#finish({ kind: 'timeout', reached: this.#reached });

  #finish(answer: Answer): void {
    if (this.#over) return;
    if (this.#handle !== 0) this.#agenda.cancel(this.#handle);
    this.#leaveWaiting?.();
    this.#over = true;
    this.node.held.delete(this);
    this.node.orphaned.delete(this);
    this.#done(answer);
  }

  /** For the end of a run: still under way. */
  get isOver(): boolean {
    return this.#over;
  }

  get reached(): boolean {
    return this.#reached;
  }
}

function unreachable(): void {
  throw new Error('an exchange without a due event fired');
}
