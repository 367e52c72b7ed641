import { quantity } from './quantity.ts';
import type { TransactionRules } from './transaction-rules.ts';

const COMMIT_PATH =
  'the commit record is written, flushed and waited for in RecordTransactionCommit, and only then does the transaction leave the process array, in ProcArrayEndTransaction (PostgreSQL, src/backend/access/transam/xact.c; AWS Database Blog, "Understanding transaction visibility in PostgreSQL clusters with read replicas", 2025-05-03)';

const MEASURED =
  'PostgreSQL 15.18 on 2 shared and busy cores, updates of single rows by 20 clients at 150 to 1,000 commits per second, measured for this project: a session in a tight loop read pg_current_wal_flush_lsn() and pg_current_snapshot(), pg_waldump gave the order of the commit records';

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
      10,
      'µs',
      'from a transaction being durable until the snapshots of its own node show it, median',
      'measured',
      `${MEASURED}: more than half appeared within the 20 µs that can be told apart. ${COMMIT_PATH}`,
      '2026-11-23',
    ),
    commitVisibilityP95: quantity(
      400,
      'µs',
      'the same, 95th percentile: the process has to get a processor first',
      'measured',
      `${MEASURED}: 0.09 to 0.9 ms at p95, and 1 to 9 pairs of transactions in a hundred appeared in the other order than that of the log`,
      '2026-11-23',
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

/**
 * The part of a layout that says how an engine runs transactions; empty for engines whose rules are not modelled.
 *
 * Of Amazon's PostgreSQL services AWS exempts Aurora PostgreSQL Limitless Database and Aurora DSQL from the two orders
 * of commits, and not Aurora PostgreSQL itself, which is therefore taken to be like PostgreSQL here.
 */
export function transactionsOf(engine: string): { readonly transactions?: TransactionRules } {
  const transactions = ENGINES.get(engine);
  return transactions === undefined ? {} : { transactions };
}
