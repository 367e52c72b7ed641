/**
 * rds.multi-az-instance: a primary and one synchronous standby in another AZ.
 *
 * It promises that a commit is on both volumes before it is acknowledged, and that the service replaces a lost
 * primary by the standby without losing an acknowledged write. The promise holds while the standby is in sync;
 * a standby that is not is never promoted (the outages of 2011-08-07 and 2012-10-22 show both sides of that).
 * Amazon RDS User Guide, Concepts.MultiAZSingleStandby and Concepts.MultiAZ.Failover.
 */
import { assign, emit, setup } from 'xstate';
import { undrawn } from '../quantity.ts';
import type { RdsInstanceEventId } from '../rds/rds-events.ts';
import type { MultiAzInstanceTypes } from './multi-az-instance.contract.ts';
import { multiAzInstanceTimings } from './multi-az-instance.timings.ts';

export const multiAzInstanceMachine = setup({
  types: {} as MultiAzInstanceTypes,
  delays: {
    detection: ({ context }) => context.timings.detectionMs,
    crashNotice: ({ context }) => context.timings.crashNoticeMs,
    standbyDetach: ({ context }) => context.timings.standbyDetachMs,
    fencing: ({ context }) => context.timings.fencingMs,
    promotion: ({ context }) => context.timings.promotionMs,
    endpointUpdate: ({ context }) => context.timings.endpointUpdateMs,
    completionNotice: ({ context }) => context.timings.completionNoticeMs,
    hostReplacement: ({ context }) => context.timings.hostReplacementMs,
    standbyRebuild: ({ context }) => context.timings.standbyRebuildMs,
    reboot: ({ context }) => context.timings.rebootMs,
  },
  guards: {
    standbyMayTakeOver: ({ context }) => context.standbyInSync && context.standbyReachable,
    standbyInSync: ({ context }) => context.standbyInSync,
    standbyReachable: ({ context }) => context.standbyReachable,
    isRunning: ({ event }) => event.running === true,
  },
  actions: {
    adoptTimings: assign({ timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings }),
    noteStandbyLost: assign({ standbyReachable: false }),
    noteStandbyBack: assign({ standbyReachable: true }),
    noteStandbyInSync: assign({ standbyInSync: true }),
    noteStandbyStale: assign({ standbyInSync: false }),
    notePrimary: assign({ primaryReachable: ({ event }) => event.type !== 'PRIMARY_UNREACHABLE' && event.type !== 'PRIMARY_STORAGE_FAILED' }),
    swapRoles: assign(({ context }) => ({
      primary: context.standby,
      standby: context.primary,
      primaryReachable: true,
      standbyReachable: context.primaryReachable,
      standbyInSync: false,
    })),

    fencePrimary: emit(({ context }) => ({ type: 'FENCE_NODE' as const, node: context.primary })),
    promoteStandby: emit(({ context }) => ({ type: 'PROMOTE_NODE' as const, node: context.standby, role: 'primary' })),
    demotePrimary: emit(({ context }) => ({ type: 'SET_ROLE' as const, node: context.primary, role: 'standby', readable: false, writable: false })),
    goOnAlone: emit({ type: 'SET_ACKS', acks: 0 }),
    requireStandby: emit({ type: 'SET_ACKS', acks: 1 }),
    detachStandby: emit(({ context }) => ({ type: 'DETACH_COPY' as const, node: context.standby })),
    rebuildStandby: emit(({ context }) => ({ type: 'REBUILD_COPY' as const, node: context.standby })),
    attachStandby: emit(({ context }) => ({ type: 'ATTACH_COPY' as const, node: context.standby })),
    replaceStandbyHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.standby })),
    replacePrimaryHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.primary })),
    stopPrimary: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.primary })),
    startPrimary: emit(({ context }) => ({ type: 'START_NODE' as const, node: context.primary, startMs: context.timings.engineStartMs })),
    repointEndpoint: emit(({ context }) => ({
      type: 'REPOINT_ENDPOINT' as const,
      endpoint: 'instance',
      nodes: [context.primary],
      propagationMs: context.timings.dnsPropagationMs,
    })),
    publish: emit(({ context }, { id }: { id: RdsInstanceEventId }) => ({ type: 'PUBLISH_EVENT' as const, id, node: context.primary })),
  },
}).createMachine({
  id: 'rds.multi-az-instance',
  context: ({ input }) => ({ ...input, timings: undrawn(multiAzInstanceTimings), primaryReachable: true, standbyReachable: true, standbyInSync: true }),
  initial: 'available',
  on: {
    STANDBY_UNREACHABLE: { actions: 'noteStandbyLost' },
    STANDBY_STORAGE_FAILED: { actions: 'noteStandbyLost' },
    STANDBY_REACHABLE: { actions: 'noteStandbyBack' },
    PRIMARY_REACHABLE: { actions: 'notePrimary' },
    STANDBY_STORAGE_REPAIRED: { actions: 'noteStandbyBack' },
    REBOOT_WITH_FAILOVER_REQUESTED: { actions: { type: 'publish', params: { id: 'RDS-EVENT-0034' } } },
  },
  states: {
    available: {
      id: 'available',
      tags: ['writable', 'redundant'],
      on: {
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: 'suspecting',
        PRIMARY_UNRESPONSIVE: 'suspecting',
        PRIMARY_CRASHED: 'restarting',
        STANDBY_UNREACHABLE: { target: 'losingStandby', actions: 'noteStandbyLost' },
        STANDBY_STORAGE_FAILED: { target: 'losingStandby', actions: 'noteStandbyLost' },
        STANDBY_DISCONNECTED: 'losingStandby',
        REBOOT_REQUESTED: 'rebooting',
        REBOOT_WITH_FAILOVER_REQUESTED: { target: 'failingOver', actions: 'adoptTimings' },
      },
    },
    /** The primary looks lost; a fault that heals before the checks have failed often enough goes unnoticed. */
    suspecting: {
      tags: 'phase:detection',
      entry: ['adoptTimings', 'notePrimary'],
      after: { detection: [{ guard: 'standbyMayTakeOver', target: 'failingOver' }, { target: 'blocked' }] },
      on: {
        PRIMARY_REACHABLE: [{ guard: 'isRunning', target: 'settled' }, { target: 'restarting' }],
        PRIMARY_STORAGE_REPAIRED: 'settled',
        PRIMARY_RESPONSIVE: 'settled',
      },
    },
    failingOver: {
      initial: 'fencing',
      states: {
        fencing: { tags: 'phase:promotion', entry: 'fencePrimary', after: { fencing: 'promoting' } },
        promoting: {
          tags: 'phase:promotion',
          entry: { type: 'publish', params: { id: 'RDS-EVENT-0013' } },
          after: { promotion: { target: 'recovering', actions: ['demotePrimary', 'promoteStandby', 'goOnAlone', 'swapRoles'] } },
          // The standby was the last good copy: without it nobody is left to promote.
          on: { STANDBY_UNREACHABLE: { target: '#blocked', actions: 'noteStandbyLost' } },
        },
        recovering: {
          tags: 'phase:recovery',
          entry: 'startPrimary',
          on: {
            PRIMARY_STARTED: { target: 'movingEndpoint', actions: { type: 'publish', params: { id: 'RDS-EVENT-0006' } } },
            PRIMARY_CRASHED: { target: 'recovering', reenter: true },
            PRIMARY_UNREACHABLE: '#blocked',
            PRIMARY_STORAGE_FAILED: '#blocked',
          },
        },
        movingEndpoint: {
          tags: 'phase:endpoint-change',
          after: { endpointUpdate: { actions: 'repointEndpoint' } },
          on: { ENDPOINT_REPOINTED: '#announcing', PRIMARY_CRASHED: 'recovering', PRIMARY_UNREACHABLE: '#blocked', PRIMARY_STORAGE_FAILED: '#blocked' },
        },
      },
    },
    /** The primary serves alone while the standby is made again: a lost primary now means waiting. */
    degraded: {
      tags: 'writable',
      initial: 'awaitingStandby',
      on: {
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: 'suspecting',
        PRIMARY_UNRESPONSIVE: 'suspecting',
        PRIMARY_CRASHED: 'restarting',
        REBOOT_REQUESTED: 'rebooting',
        STANDBY_UNREACHABLE: { target: '.awaitingStandby', actions: 'noteStandbyLost', reenter: true },
        STANDBY_STORAGE_FAILED: { target: '.awaitingStandby', actions: 'noteStandbyLost', reenter: true },
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
        },
        awaitingStandby: {
          entry: 'adoptTimings',
          always: { guard: 'standbyReachable', target: 'rebuilding' },
          after: { hostReplacement: { actions: 'replaceStandbyHost' } },
          on: {
            STANDBY_REACHABLE: { target: 'rebuilding', actions: 'noteStandbyBack' },
            STANDBY_STORAGE_REPAIRED: { target: 'rebuilding', actions: 'noteStandbyBack' },
          },
        },
        rebuilding: {
          entry: ['adoptTimings', { type: 'publish', params: { id: 'RDS-EVENT-0361' } }, 'rebuildStandby'],
          after: { standbyRebuild: { target: 'synchronising', actions: 'attachStandby' } },
        },
        synchronising: {
          on: {
            STANDBY_IN_SYNC: {
              target: '#available',
              actions: ['noteStandbyInSync', 'requireStandby', { type: 'publish', params: { id: 'RDS-EVENT-0362' } }],
            },
          },
        },
      },
    },
    /** Every commit waits for a standby that does not answer, until the primary may go on alone. */
    losingStandby: {
      entry: 'adoptTimings',
      after: { standbyDetach: { target: 'degraded', actions: ['detachStandby', 'goOnAlone', 'noteStandbyStale'] } },
      on: {
        STANDBY_CONNECTED: { target: 'available', actions: 'noteStandbyBack' },
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: 'suspecting',
        PRIMARY_UNRESPONSIVE: 'suspecting',
        PRIMARY_CRASHED: 'restarting',
      },
    },
    /** The process died and its host is well: it is started again in place, which is no failover. */
    restarting: {
      initial: 'noticing',
      on: { PRIMARY_UNREACHABLE: 'suspecting', PRIMARY_STORAGE_FAILED: 'suspecting' },
      states: {
        noticing: { tags: 'phase:detection', entry: 'adoptTimings', after: { crashNotice: 'starting' } },
        starting: {
          tags: 'phase:recovery',
          entry: [{ type: 'publish', params: { id: 'RDS-EVENT-0052' } }, 'startPrimary'],
          on: {
            PRIMARY_CRASHED: { target: 'noticing' },
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
      entry: ['adoptTimings', 'stopPrimary', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
      after: { reboot: { actions: 'startPrimary' } },
      on: {
        PRIMARY_STARTED: { target: 'settled', actions: { type: 'publish', params: { id: 'RDS-EVENT-0006' } } },
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: 'suspecting',
        PRIMARY_CRASHED: 'restarting',
      },
    },
    /** The primary works; whether the deployment is whole depends on the standby. */
    settled: {
      id: 'settled',
      always: [{ guard: 'standbyMayTakeOver', target: 'available' }, { guard: 'standbyInSync', target: 'losingStandby' }, { target: 'degraded' }],
    },
    /** No standby may be promoted: service returns with the primary's own host and volume, or by a person's hand. */
    blocked: {
      id: 'blocked',
      tags: ['waiting-for-person', 'phase:recovery'],
      after: { hostReplacement: { actions: 'replacePrimaryHost' } },
      on: {
        PRIMARY_REACHABLE: [{ guard: 'isRunning', target: 'settled' }, { target: 'restarting' }],
        PRIMARY_STORAGE_REPAIRED: 'settled',
        PRIMARY_RESPONSIVE: 'settled',
        STANDBY_REACHABLE: [{ guard: 'standbyInSync', target: 'failingOver', actions: 'noteStandbyBack' }, { actions: 'noteStandbyBack' }],
      },
    },
  },
});
