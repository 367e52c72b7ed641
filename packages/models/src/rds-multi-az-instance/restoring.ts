import { multiAzInstanceSetup } from './multi-az-instance.actions.ts';
import { onSomebodyBack } from './primary-troubles.ts';

const RESTORE = { step: 'restore-to-point-in-time' } as const;
const RENAME = { step: 'rename-instance' } as const;

/** The only volume with all the data is given up: somebody has to decide to go back to the backup. */
export const lost = multiAzInstanceSetup.createStateConfig({
  tags: ['waiting-for-person', 'phase:decision'],
  entry: [
    { type: 'publish', params: { id: 'RDS-EVENT-0031' } },
    { type: 'callFor', params: RESTORE },
  ],
  exit: { type: 'dismiss', params: RESTORE },
  on: {
    ...onSomebodyBack,
    OPERATOR_DONE: { guard: { type: 'isStep', params: RESTORE }, target: 'restoring', actions: 'adoptTimings' },
  },
});

/**
 * A new instance out of the last snapshot and the log that was uploaded since, in another AZ; it takes the name of the
 * lost one, and its standby is made after that. Up to the renaming whoever comes back with all the data is preferred.
 */
export const restoring = multiAzInstanceSetup.createStateConfig({
  initial: 'creating',
  states: {
    creating: { tags: 'phase:recovery', after: { restore: 'awaitingPerson' }, on: onSomebodyBack },
    awaitingPerson: {
      tags: ['waiting-for-person', 'phase:endpoint-change'],
      entry: { type: 'callFor', params: RENAME },
      exit: { type: 'dismiss', params: RENAME },
      on: {
        ...onSomebodyBack,
        OPERATOR_DONE: { guard: { type: 'isStep', params: RENAME }, target: 'renaming', actions: 'adoptTimings' },
      },
    },
    renaming: {
      tags: 'phase:endpoint-change',
      after: { rename: { target: 'starting', actions: ['replaceByRestored', 'detachStandby', 'noteStandbyStale'] } },
    },
    starting: {
      tags: 'phase:recovery',
      on: {
        PRIMARY_REACHABLE: { actions: ['loadBackup', 'goOnAlone', 'startAfterShutdown'] },
        PRIMARY_CRASHED: { actions: 'startPrimary' },
        PRIMARY_STARTED: {
          target: '#settled',
          actions: { type: 'publish', params: { id: 'RDS-EVENT-0019', detail: 'a new instance that has its name' } },
        },
      },
    },
  },
});
