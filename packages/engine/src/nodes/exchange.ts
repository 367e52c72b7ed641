import type { Agenda, Due, Handle } from '@faultline/clock';
import type { TransactionStep } from '@faultline/trace';
import { Listed } from '../arrival-list.ts';
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
  /** Where a write is, or the point as of which a read was served. */
  readonly lsn?: number;
  readonly timeline?: number;
  readonly committedAtUs?: number;
  readonly value?: number;
  readonly staleUs?: number;
  /** The steps of a transaction with what they returned. */
  readonly transaction?: readonly TransactionStep[];
}

/** What the entry in the agenda stands for. */
type Stage = 'travelling' | 'resending' | 'holding' | 'expiring';

/** How long a client waits for an answer before it gives the connection up. */
export interface Patience {
  /** Longest wait in all; Infinity for none. */
  readonly answerUs: number;
  /** TCP resets a connection whose data stays unacknowledged this long. */
  readonly retransmitUs: number;
  /** With keepalive: silence after an acknowledged request for this long resets the connection; else Infinity. */
  readonly silenceUs: number;
  /** A part of `silenceUs`: the wait before keepalive probes, begun anew whenever one is answered. Absent: all of it. */
  readonly idleUs?: number;
}

/** In place of an incarnation: the request opens a connection, so it belongs to none yet. */
export const HANDSHAKE = 0;

/** The two ends of a request: what the node does when it arrives, and what its sender does with what comes of it. */
export interface RequestEnds {
  atNode(exchange: Exchange): void;
  atClient(answer: Answer): void;
}

/**
 * One request on its way to a node and back. At any time it has exactly one entry in the agenda: the next
 * thing that will happen to it, or the instant at which its client stops waiting.
 */
export class Exchange extends Listed implements HeldRequest, Due {
  readonly node: Node;
  readonly incarnation: number;
  /** Where the write was appended, for those who can look behind the service. */
  appended: { readonly timeline: number; readonly lsn: number; readonly atUs: number } | null = null;
  /** What the node, a proxy's host, had with the database for this one. */
  behind: Exchange | null = null;
  readonly #agenda: Agenda;
  readonly #out: Path;
  readonly #back: Path;
  readonly #patience: Patience;
  readonly #ends: RequestEnds;
  readonly #startedAtUs: number;
  #handle: Handle = 0;
  /** What is due next, unless patience ends before it. */
  #dueAtUs = Number.POSITIVE_INFINITY;
  #dueStage: Stage = 'holding';
  #stage: Stage = 'travelling';
  /** The message under way: on which path, when first sent, and when it left for the last time. */
  #path: Path;
  #sentAtUs: number;
  #leftAtUs: number;
  /** What the client will be told once the message that is on its way back arrives. */
  #answer: Answer | null = null;
  #waitsFor: Path | null = null;
  /** What a path calls that opens again; most exchanges never meet a closed one. */
  #resume: (() => void) | null = null;
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
    ends: RequestEnds,
    startedAtUs: number = agenda.nowUs,
  ) {
    super();
    this.#agenda = agenda;
    this.node = node;
    this.#out = out;
    this.#back = back;
    this.incarnation = incarnation;
    this.#patience = patience;
    this.#ends = ends;
    this.#startedAtUs = startedAtUs;
    this.#path = out;
    this.#sentAtUs = startedAtUs;
    this.#leftAtUs = startedAtUs;
  }

  /** Sends the request. */
  start(): void {
    this.#send(this.#out, this.#startedAtUs);
  }

  /** The request is on its way, since it was started, and will arrive at `atUs`. */
  travels(atUs: number): void {
    this.#await(atUs, 'travelling');
  }

  /** The request reaches the node now. */
  arrives(): void {
    this.#arrive();
  }

  /** The request has reached the node, which has not answered. */
  isAtNode(): void {
    this.#reached = true;
    this.node.held.add(this);
  }

  /** The request reached the node, which ends the connection; the client hears of it at `atUs`. */
  resetTravels(atUs: number): void {
    this.#answer = { kind: 'reset', reached: false };
    this.#travelsBack(this.#agenda.nowUs, atUs);
  }

  /** The request reached the node, which answers at `sentAtUs`; the client has the answer at `atUs`. */
  replyTravels(sentAtUs: number, atUs: number, reply: Reply): void {
    this.isAtNode();
    this.#replySentAtUs = sentAtUs;
    this.#answer = { kind: 'reply', reply };
    this.#travelsBack(sentAtUs, atUs);
  }

  #travelsBack(sentAtUs: number, atUs: number): void {
    this.#path = this.#back;
    this.#sentAtUs = sentAtUs;
    this.#leftAtUs = sentAtUs;
    this.#await(atUs, 'travelling');
  }

  /** The node will have its answer ready at `atUs`; may be called again as long as it has not been sent. */
  replyAt(atUs: number, reply: Reply): void {
    this.#replySentAtUs = atUs;
    this.#answer = { kind: 'reply', reply };
    this.#travelsBack(atUs, Math.max(atUs, this.#agenda.nowUs) + this.#back.latencyUs());
  }

  replyNow(): void {
    this.replyAt(this.#agenda.nowUs, {});
  }

  /** No answer is in sight (a commit that waits for a copy, a stalled disk): only patience runs. */
  hold(): void {
    this.#replySentAtUs = Number.POSITIVE_INFINITY;
    this.#await(Number.POSITIVE_INFINITY, 'holding');
  }

  resetByPeer(): void {
    if (this.#replySentAtUs <= this.#agenda.nowUs) return;
    this.#answer = { kind: 'reset', reached: this.#reached };
    this.#send(this.#back, this.#agenda.nowUs);
  }

  abandon(): void {
    if (this.#replySentAtUs <= this.#agenda.nowUs) return;
    this.hold();
  }

  resetOnRetransmission(): void {
    if (this.#over || this.#replySentAtUs <= this.#agenda.nowUs) return;
    this.#answer = { kind: 'reset', reached: this.#reached };
    this.#path = this.#back;
    this.#sentAtUs = Path.retransmitAtUs(this.#startedAtUs, this.#agenda.nowUs);
    this.#await(this.#sentAtUs, 'resending');
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** When the node sent, or will send, its answer; Infinity while it has none. */
  get answeredAtUs(): number {
    return this.#replySentAtUs;
  }

  get reached(): boolean {
    return this.#reached;
  }

  /** Called by the agenda. Itself and no closure, one for all that can be due: most exchanges live for three events. */
  due(): void {
    this.#handle = 0;
    switch (this.#stage) {
      case 'travelling':
        if (!this.#path.open || this.#path.closedAtUs >= this.#leftAtUs) this.#lost();
        else if (this.#path === this.#out) this.#arrive();
        else this.#finish(this.#answer as Answer);
        return;
      case 'resending':
        this.#send(this.#path, this.#sentAtUs);
        return;
      default:
        // Keepalive may find that the peer still answers, and go on.
        if (this.#givesUpAtUs() > this.#agenda.nowUs) this.#schedule();
        else this.#finish({ kind: 'timeout', reached: this.#reached });
    }
  }

  #send(path: Path, sentAtUs: number): void {
    this.#path = path;
    this.#sentAtUs = sentAtUs;
    this.#leftAtUs = this.#agenda.nowUs;
    if (path.open) this.#await(this.#leftAtUs + path.latencyUs(), 'travelling');
    else this.#lost();
  }

  /** The message met a closed path: TCP sends it again, once the path is open. */
  #lost(): void {
    if (this.#path.open) this.#resend();
    else {
      this.#await(Number.POSITIVE_INFINITY, 'holding');
      this.#waitsFor = this.#path;
      this.#resume ??= () => this.#resend();
      this.#path.waiting.add(this.#resume);
    }
  }

  #resend(): void {
    this.#waitsFor = null;
    this.#await(Path.retransmitAtUs(this.#sentAtUs, this.#agenda.nowUs), 'resending');
  }

  #arrive(): void {
    const { node } = this;
    if (!node.hostUp) {
      node.orphaned.add(this);
      this.hold();
      return;
    }
    if (!this.#isListenedTo()) {
      this.resetByPeer();
      return;
    }
    this.isAtNode();
    this.#ends.atNode(this);
  }

  /** A request belongs to one life of the process; a handshake needs one that listens at all. */
  #isListenedTo(): boolean {
    const { process, incarnation } = this.node;
    return this.incarnation === HANDSHAKE
      ? process !== 'crashed' && process !== 'stopped'
      : incarnation === this.incarnation;
  }

  #await(dueUs: number, stage: Stage): void {
    if (this.#over) return;
    if (this.#handle !== 0) this.#agenda.cancel(this.#handle);
    this.#leaveWaiting();
    this.#dueAtUs = dueUs;
    this.#dueStage = stage;
    this.#schedule();
  }

  #schedule(): void {
    const givesUpAtUs = this.#givesUpAtUs();
    this.#stage = this.#dueAtUs <= givesUpAtUs ? this.#dueStage : 'expiring';
    const atUs = Math.min(this.#dueAtUs, givesUpAtUs);
    this.#handle =
      atUs === Number.POSITIVE_INFINITY ? 0 : this.#agenda.scheduleAt(Math.max(atUs, this.#agenda.nowUs), this);
  }

  #givesUpAtUs(): number {
    const { answerUs, retransmitUs } = this.#patience;
    return Math.min(
      this.#startedAtUs + answerUs,
      this.#reached ? this.#keepaliveAtUs() : this.#startedAtUs + retransmitUs,
    );
  }

  /**
   * Unacknowledged data is TCP's own concern; once the request has arrived, only keepalive notices silence, and
   * only silence: a host that is up acknowledges the probes however long it takes to answer. So this is when a
   * silent peer is given up, or when to look again at one that answers.
   */
  #keepaliveAtUs(): number {
    const { silenceUs, idleUs = silenceUs } = this.#patience;
    if (silenceUs === Number.POSITIVE_INFINITY) return silenceUs;
    const silentSinceUs = this.#silentSinceUs();
    const waits =
      silentSinceUs === null
        ? Math.floor((this.#agenda.nowUs - this.#startedAtUs) / idleUs) + 1
        : Math.ceil((silentSinceUs - this.#startedAtUs) / idleUs);
    return this.#startedAtUs + Math.max(1, waits) * idleUs + silenceUs - idleUs;
  }

  /** Since when nothing comes back from the peer; null while it would answer a probe. */
  #silentSinceUs(): number | null {
    const { node } = this;
    if (node.hostUp && this.#out.open && this.#back.open) return null;
    const ends = [node.hostUp ? Number.POSITIVE_INFINITY : node.stoppedAtUs];
    for (const path of [this.#out, this.#back]) if (!path.open) ends.push(path.closedAtUs);
    return Math.min(...ends);
  }

  #finish(answer: Answer): void {
    if (this.#over) return;
    if (this.#handle !== 0) this.#agenda.cancel(this.#handle);
    this.#leaveWaiting();
    this.#over = true;
    this.node.held.delete(this);
    this.node.orphaned.delete(this);
    this.#ends.atClient(answer);
  }

  #leaveWaiting(): void {
    if (this.#waitsFor === null || this.#resume === null) return;
    this.#waitsFor.waiting.delete(this.#resume);
    this.#waitsFor = null;
  }
}
