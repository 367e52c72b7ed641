import { SECOND_US } from '@faultline/clock';
import { quantity, withValue } from '../quantity.ts';
import type { RecoveryLayout } from '../replication.ts';
import { bytesPerSecond } from './log-rate.ts';

/** TTL of the records in RDS zones: "five seconds". Amazon RDS User Guide, blue-green-deployments-switching, read 2026-04. */
export const RDS_DNS_TTL_US = 5 * SECOND_US;

const LAB = 'PostgreSQL 15.18 streaming pair on 2 shared cores, single-row inserts, measured for this project';
const LAB_DATE = '2026-11-23';

/** Local commit of a small transaction, in microseconds. */
export const volumeFlush = quantity(
  500,
  'µs',
  'local flush of a commit, median',
  'measured',
  `${LAB}: 0.77 ms for a commit that waits for its own flush, 0.27 ms for one that does not`,
  LAB_DATE,
);

/** Replay of one small transaction, in microseconds. */
export const applyWork = quantity(
  50,
  'µs',
  'work to apply one entry at a replica',
  'assumed',
  'single-threaded redo of a few small changes; no figure is published',
  '2026-11',
);

/** Factor on write latency while a copy is rebuilt. */
export const rebuildSlowdown = quantity(
  2,
  'times',
  'write latency while a standby is made again',
  'assumed',
  'Amazon RDS User Guide, CHAP_BestPractices, says "elevated latencies" and no number',
  '2026-04',
);

/** For deployments that rebuild no copy beside a writer at work. */
export const noSlowdown = quantity(
  1,
  'times',
  'write latency while a copy is made again',
  'documented',
  'no copy is fed by synchronous writes',
  '2026-11',
);

/** Time between uploads of the transaction log to the backup. */
export const logUploadInterval = quantity(
  300,
  's',
  'time between uploads of the transaction log',
  'documented',
  'Amazon RDS User Guide, USER_PIT: RDS uploads transaction logs to Amazon S3 every five minutes',
  '2026-04',
);

/** What crash recovery has to redo, by default. */
export const rdsRecovery: RecoveryLayout = {
  checkpointInterval: quantity(
    300,
    's',
    'time between checkpoints',
    'documented',
    'PostgreSQL documentation, checkpoint_timeout default 5 min',
    '2026-11',
  ),
  redoRate: quantity(
    125_000_000,
    'B/s',
    'redo during crash recovery: as fast as the volume delivers',
    'documented',
    'Amazon EBS User Guide, gp3 volumes: 125 MiB/s baseline throughput (a CPU alone redoes 210-220 MB/s in the pair that was measured for this project)',
    '2026-04',
  ),
  bytesPerWrite: quantity(
    4_000,
    'B',
    'log of one small write',
    'assumed',
    'a row of about 150 bytes with its share of full-page images (24 MB of log per 6,000 inserts would be 4 kB)',
    '2026-11',
  ),
  backgroundLog: quantity(
    20_000_000,
    'B/s',
    'log of all other work on the instance',
    'assumed',
    'a busy mid-size instance; set logRate to what yours writes (CloudWatch TransactionLogsGeneration)',
    '2026-11',
  ),
};

/** Recovery with the log rate that a scenario names, e.g. `20MB/s`. */
export function recoveryWith(logRate: string | undefined): RecoveryLayout {
  if (logRate === undefined) return rdsRecovery;
  return { ...rdsRecovery, backgroundLog: withValue(rdsRecovery.backgroundLog, bytesPerSecond(logRate)) };
}
