import { parts } from './aurora-cluster.actions.ts';

const note = { actions: 'note' } as const;
const noteAndCare = { actions: ['note', 'careForReader', 'reviseReaderList'] } as const;

/** Takes in what is observed of all instances, and looks after readers, their endpoint and the volume's segments. */
export const care = parts.createStateConfig({
  on: {
    WRITER_UNREACHABLE: note,
    WRITER_REACHABLE: note,
    WRITER_CRASHED: note,
    WRITER_STARTED: note,
    WRITER_STORAGE_FAILED: note,
    WRITER_STORAGE_REPAIRED: note,
    WRITER_UNRESPONSIVE: note,
    WRITER_RESPONSIVE: note,
    READER_UNREACHABLE: noteAndCare,
    READER_REACHABLE: noteAndCare,
    READER_CRASHED: noteAndCare,
    READER_STORAGE_FAILED: noteAndCare,
    READER_STORAGE_REPAIRED: noteAndCare,
    READER_UNRESPONSIVE: noteAndCare,
    READER_RESPONSIVE: noteAndCare,
    READER_STARTED: {
      actions: [
        'note',
        'careForReader',
        'reviseReaderList',
        { type: 'publishOfReader', params: { id: 'RDS-EVENT-0006' } },
      ],
    },
    READER_RESTART_DUE: { guard: 'readerMayStart', actions: 'startReader' },
    READER_REPLACEMENT_DUE: { guard: 'readerAils', actions: 'replaceReaderHost' },
    READER_LIST_DUE: { actions: 'repointReaders' },
    REBOOT_REQUESTED: {
      guard: 'isOfReader',
      actions: [
        'adoptTimings',
        'stopReader',
        'noteReaderStopped',
        { type: 'publishOfReader', params: { id: 'RDS-EVENT-0004' } },
        'restartAfterReboot',
        'reviseReaderList',
      ],
    },
    ENDPOINT_REPOINTED: { actions: 'noteEndpoint' },
    /** Also when the heir that had asked for it is lost by now: whoever raised the epoch, the writer has to open the volume again. */
    VOLUME_FENCED: { guard: 'isOfAnother', actions: ['fenceWriter', 'noteWriterFenced'] },
    SEGMENT_LOST: { actions: 'orderRepair' },
    SEGMENT_RETURNED: { actions: 'callRepairOff' },
    SEGMENT_REPAIR_DUE: { actions: 'replaceSegment' },
  },
});
