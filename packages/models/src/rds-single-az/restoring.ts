import { singleAzSetup } from './single-az.actions.ts';

const RENAME = { step: 'rename-instance' } as const;

/** A new instance in another AZ, out of the last snapshot and the log that was uploaded since. */
export const restoring = singleAzSetup.createStateConfig({
  tags: 'phase:recovery',
  initial: 'creating',
  states: {
    creating: {
      after: { restore: { actions: 'createRestored' } },
      on: {
        // The old instance is back, and has everything: nobody wants the restored one any more.
        INSTANCE_REACHABLE: [
          { guard: 'isRunning', target: '#settled' },
          { target: '#starting', actions: 'adoptTimings' },
        ],
        INSTANCE_STORAGE_REPAIRED: { target: '#settled', actions: 'noteStorage' },
        RESTORED_REACHABLE: { target: 'starting', actions: 'loadBackup' },
      },
    },
    starting: {
      entry: 'startRestored',
      on: {
        RESTORED_STARTED: { target: '#renaming', actions: 'publishRestored' },
        RESTORED_REACHABLE: { target: 'starting', reenter: true },
        RESTORED_CRASHED: { target: 'starting', reenter: true },
        RESTORED_UNREACHABLE: { target: 'replacing', actions: 'adoptTimings' },
      },
    },
    /** Its host is lost before it took the name: it gets another one, with its volume. */
    replacing: {
      after: { hostReplacement: { actions: 'replaceRestoredHost' } },
      on: { RESTORED_REACHABLE: { target: 'starting', actions: 'adoptTimings' } },
    },
  },
});

/** The restored instance has an endpoint of its own until it takes the name, and with it the endpoint, of the lost one. */
export const renaming = singleAzSetup.createStateConfig({
  id: 'renaming',
  tags: 'phase:endpoint-change',
  initial: 'awaitingPerson',
  on: { RESTORED_CRASHED: 'restoring.starting', RESTORED_UNREACHABLE: 'restoring.replacing' },
  states: {
    awaitingPerson: {
      tags: 'waiting-for-person',
      entry: ['adoptTimings', { type: 'callFor', params: RENAME }],
      exit: { type: 'dismiss', params: RENAME },
      on: { OPERATOR_DONE: { guard: { type: 'isStep', params: RENAME }, target: 'moving' } },
    },
    moving: {
      after: { rename: { actions: ['retireInstance', 'discardInstance', 'openRestored', 'moveEndpoint'] } },
      on: { ENDPOINT_REPOINTED: { target: '#settled', actions: ['swapNames', 'noteNewInstance'] } },
    },
  },
});
