import { lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';
import { rdsInstanceTimings } from '../rds/rds-timings.ts';
import { restoreTimings } from '../rds/restore.ts';

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
  ...restoreTimings,
} as const;

export type SingleAzTiming = keyof typeof singleAzTimings;
