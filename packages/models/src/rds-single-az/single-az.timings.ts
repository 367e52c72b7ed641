import { lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';
import { rdsInstanceTimings } from '../rds/rds-timings.ts';

/**
 * Default durations of a Single-AZ DB instance. AWS publishes none of them: what is not measured is assumed, and
 * says so. Crash recovery is no timing: the data plane computes it from the log since the last checkpoint.
 */
export const singleAzTimings = {
  ...rdsInstanceTimings,
  patience: timing(
    lognormal({ median: '15m', p95: '30m' }),
    'the customer waits for the service to bring the instance back before anybody is called',
    'assumed',
    'longer than a host replacement takes as a rule: a restore costs data, so nobody begins one lightly',
    '2026-11',
  ),
  storageVerdict: timing(
    lognormal({ median: '5m', p95: '15m' }),
    'until a volume that returns errors is given up and RDS-EVENT-0031 recommends a restore',
    'assumed',
    'Amazon RDS User Guide, USER_Events.Messages, RDS-EVENT-0031; no time is published',
    '2026-04',
  ),
  restore: timing(
    lognormal({ median: '25m', p95: '75m' }),
    'a restore to a point in time, from the command to an instance that can be started',
    'assumed',
    'not published and grows with the database: new instance, volume from the last snapshot (loaded lazily), replay of the log (Amazon RDS User Guide, USER_PIT and USER_RestoreFromSnapshot)',
    '2026-04',
  ),
  rename: timing(
    lognormal({ median: '90s', p95: '4m' }),
    'the lost instance gives up its name and the restored one takes it',
    'assumed',
    'Amazon RDS User Guide, USER_RenameInstance: the instance reboots and its endpoint changes; no time is published',
    '2026-04',
  ),
} as const;

export type SingleAzTiming = keyof typeof singleAzTimings;
