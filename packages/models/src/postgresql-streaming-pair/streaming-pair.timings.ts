import { constant, lognormal, mixture } from '@faultline/clock';
import { timing } from '../quantity.ts';

const LAB = 'PostgreSQL 15.18 streaming pair on 2 shared cores, measured for this project';
const LAB_DATE = '2026-11-23';

/**
 * Default durations of a self-managed pair. What PostgreSQL does by itself was measured; what people and their
 * scripts need is assumed, because it is different everywhere: set it to what yours need.
 */
export const streamingPairTimings = {
  detection: timing(
    lognormal({ median: '45s', p95: '2m' }),
    'from the failure to the alarm',
    'assumed',
    'monitoring asks every 10-30 s and alarms after a few failures',
    '2026-11',
  ),
  restartNotice: timing(
    constant('100ms'),
    'until the init system starts a dead process again',
    'documented',
    'systemd.service(5), RestartSec default 100 ms',
    '2026-11',
  ),
  engineStart: timing(
    constant('150ms'),
    'start of the server before redo',
    'measured',
    `${LAB}: 177 ms from start to the first write with nothing to redo, about 0.15 s of it the start`,
    LAB_DATE,
  ),
  promotion: timing(
    mixture([
      { weight: 2, of: constant('100ms') },
      { weight: 1, of: constant('5100ms') },
    ]),
    'from pg_promote to a standby that takes writes',
    'measured',
    `${LAB}: 0.10 s, or 5.1 s in about a third of the trials, when the recovery loop sleeps out wal_retrieve_retry_interval (5 s)`,
    LAB_DATE,
  ),
  shutdown: timing(
    lognormal({ median: '1s', p95: '5s' }),
    'orderly shutdown with its checkpoint before a restart',
    'assumed',
    'a fast shutdown writes out dirty buffers; it grows with them',
    '2026-11',
  ),
  endpointUpdate: timing(
    lognormal({ median: '10s', p95: '1m' }),
    'until the name that clients use leads to the new primary',
    'assumed',
    'a script or a person changes a record; it is part of the same step',
    '2026-11',
  ),
  dnsPropagation: timing(
    lognormal({ median: '1s', p95: '10s' }),
    'until all name servers give the new answer',
    'assumed',
    'depends on the DNS service',
    '2026-11',
  ),
  standbyRebuild: timing(
    lognormal({ median: '20m', p95: '2h' }),
    'pg_rewind or pg_basebackup of the former primary',
    'assumed',
    'grows with the size of the database or the length of the divergence',
    '2026-11',
  ),
} as const;

export type StreamingPairTiming = keyof typeof streamingPairTimings;
