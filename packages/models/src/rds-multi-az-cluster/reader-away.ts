import { parts } from './multi-az-cluster.actions.ts';
import type { Slot } from './multi-az-cluster.contract.ts';

/** The reader does not serve: it is taken out of the endpoint, started again if its host is well, or given up. */
export function away(slot: Slot) {
  const params = { slot };
  const listed = { type: 'readerIsListed', params } as const;
  const leaveEndpoint = [{ type: 'noteReaderUnlisted', params }, 'repointReaderEndpoint'] as const;
  return parts.createStateConfig({
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
  });
}

/** A restart in place at the customer's wish. */
export function rebooting(slot: Slot) {
  const params = { slot };
  return parts.createStateConfig({
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
  });
}
