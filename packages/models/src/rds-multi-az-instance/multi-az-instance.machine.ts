/**
 * rds.multi-az-instance: a primary and one synchronous standby in another AZ.
 *
 * It promises that a commit is on both volumes before it is acknowledged, and that the service replaces a lost
 * primary by the standby without losing an acknowledged write. The promise holds while the standby is in sync;
 * a standby that is not is never promoted (the outages of 2011-08-07 and 2012-10-22 show both sides of that).
 * Amazon RDS User Guide, Concepts.MultiAZSingleStandby and Concepts.MultiAZ.Failover.
 *
 * Two things go on at once: the control plane gets to know what is wrong, and the service acts.
 */
import { undrawn } from '../quantity.ts';
import { degraded } from './degraded.ts';
import { failingOver } from './failing-over.ts';
import { multiAzInstanceSetup } from './multi-az-instance.actions.ts';
import { INFORMATIVE_FACTS, nothingWrong } from './multi-az-instance.knowledge.ts';
import { multiAzInstanceTimings } from './multi-az-instance.timings.ts';
import { onLostPrimary, onPrimaryBack, onPrimaryRebooted, onSomebodyBack, onTrouble } from './primary-troubles.ts';
import { lost, restoring } from './restoring.ts';

const undrawnTimings = undrawn(multiAzInstanceTimings);

export const multiAzInstanceMachine = multiAzInstanceSetup.createMachine({
  id: 'rds.multi-az-instance',
  context: ({ input }) => ({
    ...input,
    ...nothingWrong,
    timings: undrawnTimings,
    endpointAt: input?.primary,
    standbyIsWarm: false,
  }),
  type: 'parallel',
  states: {
    knowledge: { on: Object.fromEntries(INFORMATIVE_FACTS.map((fact) => [fact, { actions: 'note' } as const])) },
    service: {
      initial: 'available',
      // Asked at any other moment than a quiet one.
      on: {
        REBOOT_WITH_FAILOVER_REQUESTED: { actions: { type: 'publish', params: { id: 'RDS-EVENT-0034' } } },
        DELETE_REQUESTED: '.deleting',
      },
      states: {
        available: {
          id: 'available',
          tags: ['writable', 'redundant'],
          on: {
            ...onTrouble,
            STANDBY_DISCONNECTED: 'losingStandby',
            REBOOT_REQUESTED: 'rebooting',
            REBOOT_WITH_FAILOVER_REQUESTED: {
              guard: 'standbyMayTakeOver',
              target: 'failingOver',
              actions: 'adoptTimings',
            },
          },
        },
        /** The primary looks lost; a fault that heals before the checks have failed often enough goes unnoticed. */
        suspecting: {
          id: 'suspecting',
          tags: 'phase:detection',
          entry: 'adoptTimings',
          after: { detection: [{ guard: 'standbyMayTakeOver', target: 'failingOver' }, { target: 'blocked' }] },
          on: { ...onPrimaryBack, PRIMARY_STORAGE_REPAIRED: 'settled', PRIMARY_RESPONSIVE: 'settled' },
        },
        failingOver,
        degraded,
        /** Every commit waits for a standby that does not answer, until the primary may go on alone. */
        losingStandby: {
          tags: 'phase:detection',
          entry: 'adoptTimings',
          after: {
            standbyDetach: {
              target: 'degraded',
              actions: [
                'detachStandby',
                'goOnAlone',
                'noteStandbyStale',
                { type: 'publish', params: { id: 'RDS-EVENT-0066', detail: 'the standby does not answer.' } },
              ],
            },
          },
          on: { ...onTrouble, STANDBY_CONNECTED: 'settled' },
        },
        /** The process died and its host is well: it is started again in place, which is no failover. */
        restarting: {
          id: 'restarting',
          initial: 'noticing',
          on: onLostPrimary,
          states: {
            noticing: { tags: 'phase:detection', entry: 'adoptTimings', after: { crashNotice: 'starting' } },
            starting: {
              id: 'starting',
              tags: 'phase:recovery',
              entry: [{ type: 'publish', params: { id: 'RDS-EVENT-0052' } }, 'startPrimary'],
              on: {
                PRIMARY_CRASHED: 'noticing',
                ...onPrimaryRebooted,
                PRIMARY_STARTED: {
                  target: '#settled',
                  actions: [
                    { type: 'publish', params: { id: 'RDS-EVENT-0053' } },
                    { type: 'publish', params: { id: 'RDS-EVENT-0050' } },
                    { type: 'publish', params: { id: 'RDS-EVENT-0051' } },
                  ],
                },
              },
            },
          },
        },
        /** Asked for by the customer, without failover: an orderly stop and start of the same instance. */
        rebooting: {
          tags: 'phase:recovery',
          entry: [
            'adoptTimings',
            'stopPrimary',
            'notePrimaryStopped',
            { type: 'publish', params: { id: 'RDS-EVENT-0004' } },
          ],
          after: { reboot: { actions: 'startAfterShutdown' } },
          on: {
            ...onLostPrimary,
            ...onPrimaryRebooted,
            PRIMARY_CRASHED: 'restarting',
            PRIMARY_STARTED: { target: 'settled', actions: { type: 'publish', params: { id: 'RDS-EVENT-0006' } } },
          },
        },
        /** Asked for by the customer, and final: the backups go too. What follows it is told. */
        deleting: {
          entry: ['adoptTimings', 'stopPrimary', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
          after: { reboot: 'deleted' },
          on: { DELETE_REQUESTED: {}, REBOOT_WITH_FAILOVER_REQUESTED: {} },
        },
        deleted: {
          tags: 'deleted',
          entry: ['deleteDatabase', { type: 'publish', params: { id: 'RDS-EVENT-0003' } }],
          on: { DELETE_REQUESTED: {}, REBOOT_WITH_FAILOVER_REQUESTED: {} },
        },
        /** The primary runs: what is left to do depends on all that was learned meanwhile. */
        settled: {
          id: 'settled',
          always: [
            { guard: 'primaryIsDown', target: 'restarting' },
            { guard: 'primaryIsIll', target: 'suspecting' },
            { guard: 'endpointIsElsewhere', target: '#movingEndpoint' },
            { guard: 'standbyFollows', target: 'available' },
            { guard: 'standbyInSync', target: 'losingStandby' },
            { target: 'degraded' },
          ],
        },
        /** No standby may be promoted: service returns with the primary's own host and volume, or by a person's hand. */
        blocked: {
          id: 'blocked',
          tags: ['waiting-for-person', 'phase:recovery'],
          after: {
            hostReplacement: { guard: 'primaryKeepsItsVolume', actions: 'replacePrimaryHost' },
            storageVerdict: { guard: 'primaryLostItsVolume', target: 'lost' },
          },
          on: {
            ...onSomebodyBack,
            PRIMARY_STORAGE_FAILED: { target: 'blocked', reenter: true, actions: 'adoptTimings' },
          },
        },
        lost,
        restoring,
      },
    },
  },
});
