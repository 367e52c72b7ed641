import type { Path } from '../network/path.ts';
import type { Node } from '../nodes/node.ts';

/** An open connection as its client holds it: the client may not know yet that the other end is gone. */
export interface Connection {
  readonly node: Node;
  /** Life of the process that it was made with. */
  readonly incarnation: number;
  readonly out: Path;
  readonly back: Path;
  readonly openedAtUs: number;
  /** Which target of the cohort it belongs to; older ones are not lent again. */
  readonly generation: number;
  usedAtUs: number;
}

/** Whether the client's kernel has been told that the connection is gone, so that the pool sees it before it is used. */
export function isKnownClosed(connection: Connection): boolean {
  const { node } = connection;
  return node.incarnation !== connection.incarnation && !node.stoppedSilently && connection.back.open && connection.back.closedAtUs < node.stoppedAtUs;
}
