import { multiAzInstanceSetup } from './multi-az-instance.actions.ts';

/** The heir is lost. */
const onStandbyLostBeforeSwap = { STANDBY_UNREACHABLE: 'abandoned', STANDBY_STORAGE_FAILED: 'abandoned' } as const;

/** The new primary is lost as well. */
const onPrimaryLostAfterSwap = { PRIMARY_UNREACHABLE: '#blocked', PRIMARY_STORAGE_FAILED: '#blocked' } as const;

/** The standby takes over: fence (writes first, reads with the announcement), promote, recover, move the endpoint. Roles are swapped with the promotion. */
export const failingOver = multiAzInstanceSetup.createStateConfig({
  id: 'failingOver',
  initial: 'fencing',
  states: {
    fencing: {
      tags: 'phase:promotion',
      entry: ['fenceWrites', 'notePrimaryFenced'],
      after: { fencing: 'promoting' },
      on: onStandbyLostBeforeSwap,
    },
    promoting: {
      tags: 'phase:promotion',
      entry: ['fencePrimary', { type: 'publish', params: { id: 'RDS-EVENT-0013' } }],
      after: {
        promotion: {
          target: 'recovering',
          actions: ['demotePrimary', 'promoteStandby', 'goOnAlone', 'swapRoles'],
        },
      },
      on: onStandbyLostBeforeSwap,
    },
    /** The standby was lost before it took over: the primary, if it is well, is activated again, or once it is. */
    abandoned: {
      entry: 'notePrimaryStopped',
      always: [{ guard: 'primaryIsWell', target: '#starting' }, { target: '#blocked' }],
    },
    recovering: {
      tags: 'phase:recovery',
      entry: 'startPrimary',
      on: {
        PRIMARY_STARTED: {
          target: 'movingEndpoint',
          actions: { type: 'publish', params: { id: 'RDS-EVENT-0006' } },
        },
        PRIMARY_CRASHED: { target: 'recovering', reenter: true },
        // Its host went and came back unwatched, and the start with it.
        PRIMARY_REACHABLE: [{ guard: 'isRunning' }, { target: 'recovering', reenter: true }],
        ...onPrimaryLostAfterSwap,
      },
    },
    movingEndpoint: {
      id: 'movingEndpoint',
      tags: 'phase:endpoint-change',
      after: { endpointUpdate: { actions: 'repointEndpoint' } },
      on: {
        ENDPOINT_REPOINTED: { target: '#announcing', actions: 'noteEndpoint' },
        PRIMARY_CRASHED: 'recovering',
        PRIMARY_REACHABLE: [{ guard: 'isRunning' }, { target: 'recovering' }],
        ...onPrimaryLostAfterSwap,
      },
    },
  },
});
