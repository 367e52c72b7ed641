import { multiAzInstanceSetup } from './multi-az-instance.actions.ts';
import { onTrouble } from './primary-troubles.ts';

/** The primary serves alone while the standby is made again: a lost primary now means waiting. */
export const degraded = multiAzInstanceSetup.createStateConfig({
  tags: 'writable',
  initial: 'awaitingStandby',
  on: {
    ...onTrouble,
    REBOOT_REQUESTED: 'rebooting',
    STANDBY_UNREACHABLE: '.awaitingStandby',
    STANDBY_STORAGE_FAILED: '.awaitingStandby',
  },
  states: {
    announcing: {
      id: 'announcing',
      after: {
        completionNotice: {
          target: 'awaitingStandby',
          actions: [
            { type: 'publish', params: { id: 'RDS-EVENT-0049' } },
            { type: 'publish', params: { id: 'RDS-EVENT-0015' } },
          ],
        },
      },
      // The announcement comes all the same, and the standby's turn after it.
      on: { STANDBY_UNREACHABLE: {}, STANDBY_STORAGE_FAILED: {} },
    },
    awaitingStandby: {
      entry: 'adoptTimings',
      always: { guard: 'standbyIsWell', target: 'rebuilding' },
      after: { hostReplacement: { actions: ['replaceStandbyHost', 'noteStandbyCold'] } },
    },
    rebuilding: {
      entry: [{ type: 'publish', params: { id: 'RDS-EVENT-0361' } }, 'rebuildStandby'],
      after: { standbyRebuild: { target: 'synchronising', actions: 'attachStandby' } },
    },
    synchronising: {
      on: {
        STANDBY_DISCONNECTED: 'interrupted',
        STANDBY_IN_SYNC: {
          target: '#available',
          actions: ['noteStandbyInSync', 'requireStandby', { type: 'publish', params: { id: 'RDS-EVENT-0362' } }],
        },
      },
    },
    /** The copy that was made is out of date before it could follow: it is made again once there is a way. */
    interrupted: { on: { STANDBY_CONNECTED: { target: 'rebuilding', actions: 'adoptTimings' } } },
  },
});
