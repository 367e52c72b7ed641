import type { Quantity } from './citation.ts';

/** Isolation levels that the model of transactions knows, by their names in SQL. */
export const ISOLATIONS = ['read-committed', 'repeatable-read'] as const;
export type Isolation = (typeof ISOLATIONS)[number];

/**
 * When a committed transaction appears in the snapshots of the node that committed it, beside the instant at
 * which it is durable. Copies see transactions in the order of the log whatever this says.
 */
export interface CommitVisibility {
  /** Drawn for each transaction by itself, so that two that are close may appear in the other order. */
  readonly commitVisibility: Quantity;
  readonly commitVisibilityP95: Quantity;
}

/** What an engine does with transactions of several statements. */
export interface TransactionRules {
  /** The level of a transaction that asks for none. */
  readonly isolation: Isolation;
  /** In repeatable read, an update of a row that others have changed since the snapshot: refused, or done to the newest version. */
  readonly changedRow: 'refused' | 'updated';
  /** Null where transactions appear in the order of the log. */
  readonly visibility: CommitVisibility | null;
}
