import { parts } from './multi-az-cluster.actions.ts';
import type { Slot } from './multi-az-cluster.contract.ts';

/** The host is given up, and its local storage with it. */
export function replacing(slot: Slot) {
  const params = { slot };
  return parts.createStateConfig({
    id: `replacing${slot}`,
    entry: [
      { type: 'detachReader', params },
      { type: 'noteReaderEmpty', params },
      { type: 'replaceReaderHost', params },
    ],
    always: { guard: { type: 'readerIsEmpty', params }, target: 'rebuilding' },
  });
}

/** The new host begins empty and is filled, as long as there is a writer to fill it from. */
export function rebuilding(slot: Slot) {
  const params = { slot };
  return parts.createStateConfig({
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
  });
}
