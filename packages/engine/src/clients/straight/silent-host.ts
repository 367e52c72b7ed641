import { Listed } from '../../arrival-list.ts';
import type { OrphanedRequest } from '../../nodes/held-request.ts';
import type { Node } from '../../nodes/node.ts';

/** All attempts of a cohort of which a host that is gone has not let hear, among the requests that it left without an answer. */
export class SilentHost extends Listed implements OrphanedRequest {
  readonly node: Node;
  readonly #returned: (host: SilentHost) => void;
  #waiting = 0;

  constructor(node: Node, returned: (host: SilentHost) => void) {
    super();
    this.node = node;
    this.#returned = returned;
  }

  waits(): void {
    if (this.#waiting++ === 0) this.node.orphaned.add(this);
  }

  waitsNoMore(): void {
    if (--this.#waiting === 0) this.node.orphaned.delete(this);
  }

  /** The host is back, and answers each of them, which takes them off the list. */
  resetOnRetransmission(): void {
    this.#waiting = 0;
    this.#returned(this);
  }
}
