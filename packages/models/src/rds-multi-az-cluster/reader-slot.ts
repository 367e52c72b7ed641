import { parts } from './multi-az-cluster.actions.ts';
import type { Slot } from './multi-az-cluster.contract.ts';
import { away, rebooting } from './reader-away.ts';
import { rebuilding, replacing } from './reader-renewal.ts';

/** What becomes of the reader in one place. The states are the same for both, whatever happens to the writer. */
export function readerSlot(slot: Slot) {
  const params = { slot };
  const lost = { guard: { type: 'readerLost', params }, target: 'away' } as const;
  const listed = { type: 'readerIsListed', params } as const;
  return parts.createStateConfig({
    initial: 'following',
    on: { DELETE_REQUESTED: '.over' },
    states: {
      /** The cluster is deleted, and its readers with it. */
      over: {},
      following: {
        tags: 'readable',
        always: [lost, { guard: { type: 'readerIsBehind', params }, target: 'behind' }],
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
      /** Nobody could be promoted, for it lacks what the other reader had acknowledged: it waits for the old writer to have it. */
      behind: { tags: 'readable', always: [lost, { guard: 'writerServes', target: 'rejoining' }] },
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
      away: away(slot),
      rebooting: rebooting(slot),
      replacing: replacing(slot),
      rebuilding: rebuilding(slot),
    },
  });
}
