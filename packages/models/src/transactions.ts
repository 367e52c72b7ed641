import { quantity } from './quantity.ts';
import type { TransactionRules } from './transaction-rules.ts';

const COMMIT_PATH =
  'CommitTransaction (src/backend/access/transam/xact.c) writes the commit record, flushes it and waits for the standbys in RecordTransactionCommit, and only then leaves the process array, in ProcArrayEndTransaction; AWS Database Blog, "Understanding transaction visibility in PostgreSQL clusters with read replicas", 2025-05-03; Jepsen, "Amazon RDS for PostgreSQL 17.4", 2025-04-29';

/**
 * PostgreSQL: "Read Committed is the default isolation level"; its repeatable read is snapshot isolation, in which
 * the first updater wins and the others get "could not serialize access due to concurrent update" (PostgreSQL 17
 * documentation, 13.2 Transaction Isolation, read 2026-11).
 */
const postgres: TransactionRules = {
  isolation: 'read-committed',
  changedRow: 'refused',
  visibility: {
    commitVisibility: quantity(
      60,
      'µs',
      'from a transaction being durable until the snapshots of its own node show it, median',
      'assumed',
      `no figure is published; several processes wake up after one flush or answer and each leaves the process array when it gets a processor. ${COMMIT_PATH}`,
      '2026-11',
    ),
    commitVisibilityP95: quantity(
      600,
      'µs',
      'the same, 95th percentile',
      'assumed',
      'no figure is published; on a busy machine a process waits for its turn, and a turn lasts about 3 ms (Linux, base slice of the scheduler)',
      '2026-11',
    ),
  },
};

/**
 * InnoDB: repeatable read is the default, and an update works on the newest version of a row whatever the snapshot
 * shows (MySQL 8.4 Reference Manual, 17.7.2.1 Transaction Isolation Levels and 17.7.2.3 Consistent Nonlocking Reads).
 * Transactions appear in the order of the binary log (binlog_order_commits, default ON) and replicas keep that order
 * (replica_preserve_commit_order, default ON since 8.0.27). Read 2026-11.
 */
const mysql: TransactionRules = {
  isolation: 'repeatable-read',
  changedRow: 'updated',
  visibility: null,
};

const ENGINES: ReadonlyMap<string, TransactionRules> = new Map([
  ['postgres', postgres],
  ['mysql', mysql],
]);

/** The part of a layout that says how an engine runs transactions; empty for engines whose rules are not modelled. */
export function transactionsOf(engine: string): { readonly transactions?: TransactionRules } {
  const transactions = ENGINES.get(engine);
  return transactions === undefined ? {} : { transactions };
}
