import { parts } from './multi-az-cluster.actions.ts';

const note = { actions: 'note' } as const;

/** Takes in what is observed, before the other regions ask what is known. Every fact also brings fresh timings. */
export const knowledge = parts.createStateConfig({
  on: {
    WRITER_UNREACHABLE: note,
    WRITER_REACHABLE: note,
    WRITER_CRASHED: note,
    WRITER_STARTED: note,
    WRITER_STORAGE_FAILED: note,
    WRITER_STORAGE_REPAIRED: note,
    WRITER_UNRESPONSIVE: note,
    WRITER_RESPONSIVE: note,
    READER_UNREACHABLE: note,
    READER_REACHABLE: note,
    READER_CRASHED: note,
    READER_STARTED: note,
    READER_STORAGE_FAILED: note,
    READER_STORAGE_REPAIRED: note,
    READER_UNRESPONSIVE: note,
    READER_RESPONSIVE: note,
    READER_DISCONNECTED: note,
    READER_CONNECTED: note,
    READER_IN_SYNC: note,
  },
});
