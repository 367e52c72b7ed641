import type { Connection } from '../clients/connection.ts';
import type { Pool } from '../clients/pool.ts';
import type { Node } from '../nodes/node.ts';
import type { Surroundings } from '../surroundings.ts';

/** Something of the host that has to know when the writer is another one, or known again. */
export interface Dependant {
  /** A writer is known: what waited for one may go on. */
  writerKnown(): void;
  /** Connections to `writer` are closed. */
  writerLeft(writer: Node): void;
}

/** The client's connection that a statement came by. */
export interface RequestSession {
  /** Keeps the connection to the database that it once got (rds-proxy-pinning). */
  readonly isPinned: boolean;
  /** Where a pinned session does all its work. */
  backend: Connection | null;
  /** The proxy ends the client's connection. */
  close(): void;
}

/** A host of the proxy as the statements that pass through it see it. */
export interface RequestHost {
  readonly world: Surroundings;
  /** Where it runs. */
  readonly node: Node;
  readonly pool: Pool;
  readonly borrowTimeoutUs: number;
  /** The node that it takes for the writer; null while it knows of none. */
  readonly writer: Node | null;
  readonly dependants: Set<Dependant>;
  /** The writer did not behave as one. */
  doubt(writer: Node): void;
}

/** Whether a connection still leads to the process that it was made with, as far as the host can tell. */
export function isIntact({ node, incarnation }: Connection): boolean {
  return node.incarnation === incarnation;
}
