/**
 * postgresql.streaming-pair: a PostgreSQL primary and one streaming standby, run by their owner.
 *
 * It promises what `synchronous_commit` says: with `off` a crash of the primary alone may lose the last commits,
 * with `local` its host's loss may, and with the three others a commit waits for the standby. Nothing fails over by
 * itself: a person promotes the standby. A synchronous standby that is gone stops all commits, because PostgreSQL
 * never goes on alone by itself. PostgreSQL documentation, "Log-Shipping Standby Servers" and synchronous_commit.
 */
import { undrawn } from '../quantity.ts';
import { parts, primaryWell } from './streaming-pair.actions.ts';
import { streamingPairTimings } from './streaming-pair.timings.ts';
import { working } from './working.ts';

const undrawnTimings = undrawn(streamingPairTimings);

const onPrimaryBack = [
  { guard: 'isRunning', target: 'working', actions: 'notePrimary' },
  { target: 'restarting', actions: 'notePrimary' },
] as const;

/** The primary that was just shut out is the better of the two, if it answers; until it has started it is down. */
const activatePrimary = ['noteStandby', 'startPrimary', 'notePrimaryStopped'] as const;

export const streamingPairMachine = parts.createMachine({
  id: 'postgresql.streaming-pair',
  context: ({ input }) => ({
    ...input,
    timings: undrawnTimings,
    endpointAt: input?.primary,
    standbySeen: true,
    standbyUp: true,
    standbyStorageOk: true,
    standbyFollows: true,
    standbyDiverged: false,
    wentOnAlone: false,
    ...primaryWell,
  }),
  initial: 'working',
  on: {
    PRIMARY_CRASHED: { actions: 'notePrimary' },
    PRIMARY_STARTED: { actions: 'notePrimary' },
    PRIMARY_STORAGE_FAILED: { actions: 'notePrimary' },
    PRIMARY_STORAGE_REPAIRED: { actions: 'notePrimary' },
    PRIMARY_UNRESPONSIVE: { actions: 'notePrimary' },
    PRIMARY_RESPONSIVE: { actions: 'notePrimary' },
    STANDBY_UNREACHABLE: { actions: 'noteStandby' },
    STANDBY_STORAGE_FAILED: { actions: 'noteStandby' },
    STANDBY_STORAGE_REPAIRED: { actions: 'noteStandby' },
    STANDBY_STARTED: { actions: 'noteStandby' },
    STANDBY_DISCONNECTED: { actions: 'noteStandby' },
    STANDBY_CONNECTED: { actions: 'noteStandby' },
    // The init system looks after a standby too; one whose history went another way is left to a person.
    STANDBY_CRASHED: [{ guard: 'standbyDiverged' }, { actions: ['noteStandby', 'adoptTimings', 'startStandby'] }],
    STANDBY_REACHABLE: [
      { guard: 'isRunning', actions: 'noteStandby' },
      { guard: 'standbyDiverged' },
      { actions: ['noteStandby', 'adoptTimings', 'startStandby'] },
    ],
  },
  states: {
    working,
    /** The process died and its host is well: the init system starts it again, and it redoes its log. */
    restarting: {
      tags: 'phase:recovery',
      // Until it has started it is down, whatever else befalls it meanwhile.
      entry: ['adoptTimings', 'startPrimary', 'notePrimaryStopped'],
      on: {
        PRIMARY_STARTED: { target: 'working', actions: 'notePrimary' },
        PRIMARY_CRASHED: { target: 'restarting', reenter: true, actions: 'notePrimary' },
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: { target: 'suspecting', actions: 'notePrimary' },
        PROMOTE_REQUESTED: { guard: 'standbyMayBePromoted', target: 'promoting' },
      },
    },
    stopping: {
      tags: 'phase:recovery',
      entry: ['adoptTimings', 'stopPrimary', 'notePrimaryStopped'],
      after: { shutdown: { actions: 'startPrimaryClean' } },
      on: {
        PRIMARY_STARTED: { target: 'working', actions: 'notePrimary' },
        PRIMARY_CRASHED: { target: 'restarting', actions: 'notePrimary' },
        // Its host went and came back unwatched, and the start with it.
        PRIMARY_REACHABLE: [{ guard: 'isRunning' }, { target: 'restarting' }],
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: { target: 'suspecting', actions: 'notePrimary' },
      },
    },
    /** The primary looks lost, and nobody knows yet. */
    suspecting: {
      tags: 'phase:detection',
      entry: 'adoptTimings',
      after: { detection: 'primaryLost' },
      on: {
        PRIMARY_REACHABLE: onPrimaryBack,
        PRIMARY_STORAGE_REPAIRED: { target: 'working', actions: 'notePrimary' },
        PRIMARY_RESPONSIVE: { target: 'working', actions: 'notePrimary' },
        PROMOTE_REQUESTED: { guard: 'standbyMayBePromoted', target: 'promoting' },
      },
    },
    /** Somebody has been called and decides. The primary may still come back first. */
    primaryLost: {
      tags: ['waiting-for-person', 'phase:decision'],
      entry: { type: 'call', params: { step: 'promote-standby' } },
      exit: { type: 'dismiss', params: { step: 'promote-standby' } },
      on: {
        PRIMARY_REACHABLE: onPrimaryBack,
        PRIMARY_STORAGE_REPAIRED: { target: 'working', actions: 'notePrimary' },
        PRIMARY_RESPONSIVE: { target: 'working', actions: 'notePrimary' },
        OPERATOR_DONE: [
          { guard: 'promotionDecided', target: 'promoting' },
          { guard: { type: 'isDone', params: { step: 'promote-standby' } }, target: 'nobodyLeft' },
        ],
        PROMOTE_REQUESTED: { guard: 'standbyMayBePromoted', target: 'promoting' },
      },
    },
    /** Neither server is of use: whichever comes back first is taken. */
    nobodyLeft: {
      tags: ['waiting-for-person', 'phase:recovery'],
      always: { guard: 'standbyMayBePromoted', target: 'promoting' },
      on: {
        PRIMARY_REACHABLE: onPrimaryBack,
        PRIMARY_STORAGE_REPAIRED: { target: 'working', actions: 'notePrimary' },
        PRIMARY_RESPONSIVE: { target: 'working', actions: 'notePrimary' },
        PRIMARY_STARTED: { target: 'working', actions: 'notePrimary' },
        PRIMARY_CRASHED: { target: 'restarting', actions: 'notePrimary' },
      },
    },
    promoting: {
      tags: 'phase:promotion',
      entry: ['adoptTimings', 'shutOutPrimary'],
      after: {
        promotion: { target: 'movingEndpoint', actions: ['demotePrimary', 'promoteStandby', 'goOnAlone', 'swapRoles'] },
      },
      on: {
        STANDBY_UNREACHABLE: { target: 'nobodyLeft', actions: activatePrimary },
        STANDBY_CRASHED: { target: 'nobodyLeft', actions: activatePrimary },
        STANDBY_STORAGE_FAILED: { target: 'nobodyLeft', actions: activatePrimary },
      },
    },
    movingEndpoint: {
      tags: ['writable', 'phase:endpoint-change'],
      after: { endpointUpdate: { actions: 'repointEndpoint' } },
      on: {
        ENDPOINT_REPOINTED: { target: 'working', actions: 'noteEndpoint' },
        PRIMARY_CRASHED: { target: 'restarting', actions: 'notePrimary' },
        PRIMARY_UNREACHABLE: 'suspecting',
        PRIMARY_STORAGE_FAILED: { target: 'suspecting', actions: 'notePrimary' },
      },
    },
  },
});
