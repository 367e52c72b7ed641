/**
 * rds.single-az: one DB instance in one AZ.
 * It promises only that its volume outlives its host: a dead process is started again, a dead host replaced in its AZ.
 * When the AZ or the volume is gone, the customer waits or restores the backup elsewhere; what was written after the
 * last upload of the log (every 5 minutes) is lost then. Amazon RDS User Guide, USER_PIT and USER_RenameInstance.
 */
import { undrawn } from '../quantity.ts';
import { renaming, restoring } from './restoring.ts';
import { singleAzSetup } from './single-az.actions.ts';
import { singleAzTimings } from './single-az.timings.ts';

const undrawnTimings = undrawn(singleAzTimings);

const RESTORE = { step: 'restore-to-point-in-time' } as const;
const REBOOT = { step: 'reboot-instance' } as const;

export const singleAzMachine = singleAzSetup.createMachine({
  id: 'rds.single-az',
  context: ({ input }) => ({
    ...input,
    timings: undrawnTimings,
    storageOk: true,
    responsive: true,
    crashed: false,
  }),
  initial: 'available',
  on: {
    INSTANCE_STORAGE_FAILED: { actions: 'noteStorage' },
    INSTANCE_STORAGE_REPAIRED: { actions: 'noteStorage' },
    INSTANCE_UNRESPONSIVE: { actions: 'noteResponse' },
    INSTANCE_RESPONSIVE: { actions: 'noteResponse' },
    DELETE_REQUESTED: '.deleting',
    // Where something else has to be settled first, that the process died is kept in mind.
    INSTANCE_CRASHED: { actions: 'noteCrash' },
  },
  states: {
    available: {
      tags: ['writable', 'readable'],
      on: {
        INSTANCE_UNREACHABLE: 'suspecting',
        INSTANCE_REACHABLE: { target: '#starting', actions: 'adoptTimings' },
        INSTANCE_CRASHED: 'restarting',
        INSTANCE_STORAGE_FAILED: { target: 'losingStorage', actions: 'noteStorage' },
        INSTANCE_UNRESPONSIVE: { target: 'unresponsive', actions: 'noteResponse' },
        REBOOT_REQUESTED: 'rebooting',
      },
    },
    /** The host does not answer; a fault that heals before the checks have failed often enough goes unnoticed. */
    suspecting: {
      tags: 'phase:detection',
      entry: 'adoptTimings',
      after: { detection: 'replacing' },
      on: { INSTANCE_REACHABLE: [{ guard: 'isRunning', target: 'settled' }, { target: '#starting' }] },
    },
    /** A new host in the same AZ gets the old volume. While the AZ has no power or no network, that waits too. */
    replacing: {
      tags: 'phase:recovery',
      after: { hostReplacement: { actions: 'replaceHost' }, patience: 'lost' },
      on: { INSTANCE_REACHABLE: [{ guard: 'isRunning', target: 'settled' }, { target: '#starting' }] },
    },
    /** The process died, or its host was away: it is started again and recovers from its log. */
    restarting: {
      initial: 'noticing',
      on: { INSTANCE_UNREACHABLE: 'suspecting' },
      states: {
        noticing: { tags: 'phase:detection', entry: 'adoptTimings', after: { crashNotice: 'starting' } },
        starting: {
          id: 'starting',
          tags: 'phase:recovery',
          entry: ['startInstance', 'forgetCrash', { type: 'publish', params: { id: 'RDS-EVENT-0020' } }],
          on: {
            INSTANCE_CRASHED: 'noticing',
            // The host went and came back unwatched, and the start with it.
            INSTANCE_REACHABLE: [
              { guard: 'isRunning' },
              { target: 'starting', reenter: true, actions: 'adoptTimings' },
            ],
            INSTANCE_STARTED: {
              target: '#settled',
              actions: [
                { type: 'publish', params: { id: 'RDS-EVENT-0021' } },
                { type: 'publish', params: { id: 'RDS-EVENT-0006' } },
              ],
            },
          },
        },
      },
    },
    rebooting: {
      tags: 'phase:recovery',
      entry: ['adoptTimings', 'stopInstance', 'noteCrash', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
      after: { reboot: { actions: 'startAfterShutdown' } },
      on: {
        INSTANCE_STARTED: {
          target: 'settled',
          actions: ['forgetCrash', { type: 'publish', params: { id: 'RDS-EVENT-0006' } }],
        },
        INSTANCE_UNREACHABLE: 'suspecting',
        INSTANCE_REACHABLE: [{ guard: 'isRunning' }, { target: '#starting', actions: 'adoptTimings' }],
        INSTANCE_CRASHED: 'restarting',
      },
    },
    /** Asked for by the customer, and final: the backups go too. What follows it is told. */
    deleting: {
      entry: ['adoptTimings', 'stopInstance', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
      after: { reboot: 'deleted' },
      on: { DELETE_REQUESTED: {} },
    },
    deleted: {
      tags: 'deleted',
      entry: ['deleteDatabase', { type: 'publish', params: { id: 'RDS-EVENT-0003' } }],
      on: { DELETE_REQUESTED: {} },
    },
    /** Busy: a failover trigger of Multi-AZ. Nothing says that the service does anything without a standby. */
    unresponsive: {
      tags: ['waiting-for-person', 'phase:decision'],
      entry: ['adoptTimings', { type: 'callFor', params: REBOOT }],
      exit: { type: 'dismiss', params: REBOOT },
      on: {
        OPERATOR_DONE: { guard: { type: 'isStep', params: REBOOT }, target: 'rebooting' },
        REBOOT_REQUESTED: 'rebooting',
        INSTANCE_RESPONSIVE: { target: 'settled', actions: 'noteResponse' },
        INSTANCE_UNREACHABLE: 'suspecting',
        INSTANCE_CRASHED: 'restarting',
      },
    },
    /** The volume returns errors or nothing at all. A volume that does not come back is given up. */
    losingStorage: {
      tags: 'phase:detection',
      entry: 'adoptTimings',
      after: { storageVerdict: { target: 'lost', actions: { type: 'publish', params: { id: 'RDS-EVENT-0031' } } } },
      on: {
        INSTANCE_STORAGE_REPAIRED: { target: 'settled', actions: 'noteStorage' },
        INSTANCE_UNREACHABLE: 'suspecting',
      },
    },
    /** The instance is up again: what else is wrong with it? */
    settled: {
      id: 'settled',
      always: [
        { guard: 'isUnresponsive', target: 'unresponsive' },
        { guard: 'storageFailed', target: 'losingStorage' },
        { guard: 'isDown', target: 'restarting' },
        { target: 'available' },
      ],
    },
    /** Nothing that the service does by itself will bring it back: wait, or restore. */
    lost: {
      tags: ['waiting-for-person', 'phase:decision'],
      entry: { type: 'callFor', params: RESTORE },
      exit: { type: 'dismiss', params: RESTORE },
      on: {
        INSTANCE_REACHABLE: [
          { guard: 'isRunning', target: 'settled' },
          { target: '#starting', actions: 'adoptTimings' },
        ],
        INSTANCE_STORAGE_REPAIRED: { target: 'settled', actions: 'noteStorage' },
        OPERATOR_DONE: { guard: { type: 'isStep', params: RESTORE }, target: 'restoring', actions: 'adoptTimings' },
      },
    },
    restoring,
    renaming,
  },
});
