import type { Due, Handle } from '@faultline/clock';
import { Listed } from '../../arrival-list.ts';
import type { Node } from '../../nodes/node.ts';
import type { PlainStatement } from '../../nodes/server.ts';
import type { Client } from '../client.ts';
import type { Connection } from '../connection.ts';

/** What was sent: for a new connection, to test an open one, or what the client wants on it. */
export type SilentRequest = 'handshake' | 'test' | 'statement';

/** What follows when a silent attempt is over, one way or the other. */
export interface SilenceEnds {
  /** Its client gives it up. */
  gaveUp(attempt: SilentAttempt): void;
  /** The host is back and answers what it does not know. */
  hostReturned(attempt: SilentAttempt): void;
  /** The run is over before either. */
  runEnded(attempt: SilentAttempt): void;
}

/**
 * The first attempt of an operation that has reached a host which is gone: nothing will be heard of it until its client
 * gives it up, unless the host comes back before. Most of a long outage is this, so it is kept in one small object, which
 * is used again.
 */
export class SilentAttempt extends Listed implements Due {
  /** Stands among the operations that have not ended. */
  readonly operation: SilentOperation;
  readonly #ends: SilenceEnds;
  request: SilentRequest = 'handshake';
  client!: Client;
  statement!: PlainStatement;
  finished: (() => void) | null = null;
  node!: Node;
  /** The open connection that it went by; null for an attempt to open one. */
  connection: Connection | null = null;
  invokedAtUs = 0;
  /** When the request that is not answered left. */
  startedAtUs = 0;
  handle: Handle = 0;

  constructor(ends: SilenceEnds) {
    super();
    this.#ends = ends;
    this.operation = new SilentOperation(this);
  }

  due(): void {
    this.handle = 0;
    this.#ends.gaveUp(this);
  }

  resetOnRetransmission(): void {
    this.#ends.hostReturned(this);
  }

  endOfRun(): void {
    this.#ends.runEnded(this);
  }
}

/** The operation of a silent attempt, in the list of those that have not ended: an item can stand in one list only. */
export class SilentOperation extends Listed {
  readonly #attempt: SilentAttempt;

  constructor(attempt: SilentAttempt) {
    super();
    this.#attempt = attempt;
  }

  endOfRun(): void {
    this.#attempt.endOfRun();
  }
}
