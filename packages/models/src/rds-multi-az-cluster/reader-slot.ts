import { parts } from './multi-az-cluster.actions.ts';
import type { Slot } from './multi-az-cluster.contract.ts';

/** What becomes of the reader in one place. The states are the same for both, whatever happens to the writer. */
export function readerSlot(slot: Slot) {
  const params = { slot };
  const lost = { guard: { type: 'readerLost', params }, target: 'away' } as const;
  const listed = { type: 'readerIsListed', params } as const;
  const leaveEndpoint = [{ type: 'noteReaderUnlisted', params }, 'repointReaderEndpoint'] as const;
  return parts.createStateConfig({
    initial: 'following',
    on: { DELETE_REQUESTED: '.over' },
    states: {
      /** The cluster is deleted, and its readers with it. */
      over: {},
      following: {
        tags: 'readable',
        always: lost,
        on: {
          READER_DISCONNECTED: { guard: { type: 'isOfReader', params }, target: 'unfed' },
          REBOOT_REQUESTED: { guard: { type: 'isOfReader', params }, target: 'rebooting', actions: 'adoptTimings' },
        },
      },
      /** It runs without news of the writer and serves ever older data; nobody waits for its acknowledgement. */
      unfed: {
        tags: 'readable',
        always: lost,
        on: { READER_CONNECTED: { guard: { type: 'isOfReader', params }, target: 'rejoining' } },
      },
      /** It follows the writer again and has to catch up before it counts as whole. */
      rejoining: {
        tags: 'readable',
        entry: { type: 'attachReader', params },
        always: lost,
        on: { READER_IN_SYNC: { guard: { type: 'isOfReader', params }, target: 'welcome' } },
      },
      welcome: {
        always: [
          { guard: listed, target: 'following' },
          { target: 'following', actions: [{ type: 'noteReaderListed', params }, 'repointReaderEndpoint'] },
        ],
      },
      away: {
        initial: 'noticing',
        always: { guard: { type: 'readerServes', params }, target: 'rejoining' },
        states: {
          noticing: {
            always: [
              { guard: { type: 'readerIsEmpty', params }, target: `#rebuilding${slot}` },
              { guard: { type: 'readerMayStart', params }, target: 'restarting' },
            ],
            after: {
              readerRemoval: [{ guard: listed, target: 'removed', actions: [...leaveEndpoint] }, { target: 'removed' }],
            },
          },
          removed: {
            always: [
              { guard: { type: 'readerIsEmpty', params }, target: `#rebuilding${slot}` },
              { guard: { type: 'readerMayStart', params }, target: 'restarting' },
            ],
            after: {
              hostReplacement: [
                { guard: { type: 'readerMayBeReplaced', params }, target: `#replacing${slot}` },
                { target: 'removed', reenter: true },
              ],
            },
          },
          /** Its host is well: the process is started again in place. */
          restarting: {
            always: { guard: { type: 'readerAils', params }, target: 'noticing' },
            after: {
              crashNotice: { actions: { type: 'startReader', params } },
              readerRemoval: { guard: listed, actions: [...leaveEndpoint] },
            },
            on: {
              READER_CRASHED: { guard: { type: 'isOfReader', params }, target: 'restarting', reenter: true },
              READER_STARTED: {
                guard: { type: 'isOfReader', params },
                actions: { type: 'publishOfReader', params: { id: 'RDS-EVENT-0006', slot } },
              },
            },
          },
        },
      },
      rebooting: {
        entry: [
          { type: 'stopReader', params },
          { type: 'noteReaderStopped', params },
          { type: 'publishOfReader', params: { id: 'RDS-EVENT-0004', slot } },
        ],
        always: { guard: { type: 'readerAils', params }, target: 'away' },
        after: { reboot: { actions: { type: 'startReader', params } } },
        on: {
          READER_CRASHED: { guard: { type: 'isOfReader', params }, target: 'away' },
          READER_STARTED: {
            guard: { type: 'isOfReader', params },
            target: 'rejoining',
            actions: { type: 'publishOfReader', params: { id: 'RDS-EVENT-0006', slot } },
          },
        },
      },
      /** The host is given up, and its local storage with it. */
      replacing: {
        id: `replacing${slot}`,
        entry: [
          { type: 'detachReader', params },
          { type: 'noteReaderEmpty', params },
          { type: 'replaceReaderHost', params },
        ],
        always: { guard: { type: 'readerIsEmpty', params }, target: 'rebuilding' },
      },
      rebuilding: {
        id: `rebuilding${slot}`,
        entry: { type: 'rebuildReader', params },
        always: { guard: { type: 'readerAils', params }, target: 'away' },
        after: {
          readerRebuild: [
            { guard: 'writerServes', actions: { type: 'startEmptyReader', params } },
            { target: 'rebuilding', reenter: true },
          ],
        },
        on: {
          READER_CRASHED: { guard: { type: 'isOfReader', params }, target: 'rebuilding', reenter: true },
          READER_STARTED: { guard: { type: 'isOfReader', params }, target: 'rejoining' },
        },
      },
    },
  });
}
