import type { Listed } from '../arrival-list.ts';

/** A request that a node which is gone has not answered: somebody to be told when its host is back. */
export interface OrphanedRequest extends Listed {
  /** The host came back and answers the next retransmitted segment with a reset. */
  resetOnRetransmission(): void;
}

/** A request as the node that holds it sees it: somebody to be told when the node ends. */
export interface HeldRequest extends OrphanedRequest {
  /** The process ended and its kernel resets the connection. */
  resetByPeer(): void;
  /** The host is gone without a word. */
  abandon(): void;
}
