import { SECOND_US } from '@faultline/clock';
import { quantity } from '../quantity.ts';
import { recoveryWith } from '../rds/rds-data.ts';
import type { RecoveryLayout } from '../replication.ts';

const LAB = 'PostgreSQL 15.18 streaming pair on 2 shared cores, single-row inserts, measured for this project';
const LAB_DATE = '2026-11-23';

/** What the flush adds to a commit, at the primary and at the standby alike. */
export const walFlush = quantity(
  500,
  'µs',
  'flush of the log for a commit, median',
  'measured',
  `${LAB}: commits take 0.77 ms with synchronous_commit = local and 0.27 ms with off, median; the difference is the flush`,
  LAB_DATE,
);

/** With `synchronous_commit = off` the WAL writer flushes in rounds. */
export const walWriterRounds = quantity(
  200_000,
  'µs',
  'time between two rounds of the WAL writer',
  'documented',
  'PostgreSQL 15 documentation, wal_writer_delay default 200 ms',
  '2026-11',
);

const redoRate = quantity(
  215_000_000,
  'B/s',
  'redo during crash recovery, from a local disk',
  'measured',
  `${LAB}: 210-220 MB/s between 24 and 388 MB`,
  LAB_DATE,
);

/** PostgreSQL 15 ends a crash recovery with a checkpoint, before it lets anybody write. */
const endCheckpointRate = quantity(
  1_500_000_000,
  'B/s',
  'log whose changes the checkpoint at the end of recovery writes back, per second',
  'measured',
  `${LAB}: 2.06 s from start to first write for 388 MB of log, of which redo at 215 MB/s takes 1.80 s`,
  LAB_DATE,
);

/** What a crash recovery has to redo, where the scenario may name the rate of the log. */
export function pairRecovery(logRate: string | undefined): RecoveryLayout {
  return { ...recoveryWith(logRate), redoRate, endCheckpointRate };
}

/** Nothing slows commits while the standby is made again. */
export const noSlowdown = quantity(
  1,
  'times',
  'write latency while a standby is made again',
  'assumed',
  'pg_basebackup reads from the primary; no figure is published',
  '2026-11',
);

/** TTL of the name that clients use. Assumed: people who mean to move a name keep it short. */
export const NAME_TTL_US = 30 * SECOND_US;
