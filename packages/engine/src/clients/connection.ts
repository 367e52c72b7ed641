import type { KeepaliveSpec } from '@faultline/scenario';
import type { Path } from '../network/path.ts';
import type { Node } from '../nodes/node.ts';
import type { Session } from './session.ts';

/** An open connection as its client holds it: the client may not know yet that the other end is gone. */
export interface Connection {
  readonly node: Node;
  /** Life of the process that it was made with. */
  readonly incarnation: number;
  readonly out: Path;
  readonly back: Path;
  /** What the other end keeps of it; null at a database, whose connections are all alike. */
  readonly session: Session | null;
  readonly openedAtUs: number;
  /** Which target of the cohort it belongs to; older ones are not lent again. */
  readonly generation: number;
  usedAtUs: number;
}

/**
 * Whether the client's kernel knows by now that the connection is gone, so that the pool sees it before it is used:
 * because the server's kernel said so when the process ended, or because keepalive probes went unanswered.
 */
export function isKnownClosed(connection: Connection, keepalive: KeepaliveSpec | null, nowUs: number): boolean {
  const { node, back, incarnation, session } = connection;
  if (session?.isClosed(nowUs, connection.usedAtUs) && back.open) return true;
  const isGone = node.incarnation !== incarnation;
  if (isGone && !node.stoppedSilently && back.open && back.closedAtUs < node.stoppedAtUs) return true;
  if (keepalive === null) return false;
  const silentSinceUs = isGone ? node.stoppedAtUs : back.open ? Number.POSITIVE_INFINITY : back.closedAtUs;
  const firstProbeUs = Math.max(connection.usedAtUs + keepalive.idleUs, silentSinceUs);
  return nowUs >= firstProbeUs + keepalive.intervalUs * keepalive.probes;
}
