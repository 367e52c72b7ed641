import type { Listed } from '../arrival-list.ts';

/** A request as the node that holds it sees it: somebody to be told when the node ends. */
export interface HeldRequest extends Listed {
  /** The process ended and its kernel resets the connection. */
  resetByPeer(): void;
  /** The host is gone without a word. */
  abandon(): void;
  /** The host came back and answers the next retransmitted segment with a reset. */
  resetOnRetransmission(): void;
}
