import { globalTableSetup } from './global-table.actions.ts';

/** The Region's endpoint itself: request routers, which keep no data. */
export const service = globalTableSetup.createStateConfig({
  initial: 'up',
  on: {
    REPLICA_UNREACHABLE: '.down',
    REPLICA_STORAGE_FAILED: { target: '.down', actions: 'noteStorageFailed' },
    REPLICA_UNRESPONSIVE: { target: '.down', actions: 'noteSlow' },
    REPLICA_CRASHED: '.starting',
    REPLICA_STORAGE_REPAIRED: { actions: 'noteStorageWorks' },
    REPLICA_RESPONSIVE: { actions: 'noteInTime' },
  },
  states: {
    up: { on: { REPLICA_REACHABLE: { guard: 'isStopped', target: 'starting' } } },
    down: {
      entry: 'adoptTimings',
      after: { serviceReplacement: 'replacing' },
      on: {
        REPLICA_REACHABLE: [
          { guard: 'isRunningAndWell', target: 'up' },
          { guard: 'isStopped', target: 'starting' },
        ],
        REPLICA_STORAGE_REPAIRED: [
          { guard: 'isSlow', actions: 'noteStorageWorks' },
          { target: 'up', actions: 'noteStorageWorks' },
        ],
        REPLICA_RESPONSIVE: [
          { guard: 'hasFailedStorage', actions: 'noteInTime' },
          { target: 'up', actions: 'noteInTime' },
        ],
      },
    },
    replacing: {
      entry: 'replaceService',
      on: {
        REPLICA_REACHABLE: 'starting',
        REPLICA_STORAGE_REPAIRED: { target: 'starting', actions: 'noteStorageWorks' },
        REPLICA_RESPONSIVE: { target: 'starting', actions: 'noteInTime' },
      },
    },
    starting: {
      entry: ['adoptTimings', 'startService'],
      on: { REPLICA_STARTED: [{ guard: 'isWell', target: 'up' }, { target: 'down' }] },
    },
  },
});
