import { lognormal } from '@faultline/clock';
import type { OperatorStep } from '../kind.ts';
import { timing } from '../quantity.ts';

const PITR = 'Amazon RDS User Guide, USER_PIT';

/** Durations of giving a volume up and of restoring its backup, whatever the deployment. */
export const restoreTimings = {
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

/** What a restore needs people for. */
export const restoreSteps = {
  'restore-to-point-in-time': {
    meaning: 'decide that the instance is lost, and restore its backup to another AZ at the latest restorable time',
    reaction: lognormal({ median: '15m', p95: '45m' }),
    source: `${PITR} leaves it to the customer; the decision gives data up, so it takes longer than a reboot`,
    date: '2026-11',
    grade: 'assumed',
  },
  'rename-instance': {
    meaning: 'check what was restored, and give it the name of the lost instance',
    reaction: lognormal({ median: '5m', p95: '15m' }),
    source: 'Amazon RDS User Guide, USER_RenameInstance, leaves it to the customer',
    date: '2026-11',
    grade: 'assumed',
  },
} as const satisfies Readonly<Record<string, OperatorStep>>;

export type RestoreStep = keyof typeof restoreSteps;
