/**
 * aurora.cluster: one writer and up to 15 readers on a shared volume that keeps six copies in three AZs.
 *
 * It promises that a write is acknowledged when four of six copies hold it, that losing an AZ stops neither
 * writes nor reads, that a lost writer is replaced by a reader without loss, typically in under 60 and often in
 * under 30 seconds, and that a former writer can acknowledge nothing once another one has opened the volume.
 * Amazon Aurora User Guide, Concepts.AuroraHighAvailability; Verbitski et al., SIGMOD 2017 and 2018.
 *
 * Three regions stand side by side: `care` takes in what is observed and looks after readers and storage,
 * `service` after the writer, `redundancy` says whether somebody could take over. Most transitions of `service`
 * ask what is known (`always`) and not which fact came last, so that faults may overlap in any order.
 */
import { parts } from './aurora-cluster.actions.ts';
import { firstContext } from './aurora-cluster.views.ts';

const note = { actions: 'note' } as const;
const noteAndCare = { actions: ['note', 'careForReader', 'reviseReaderList'] } as const;
const restarted = { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0006' } } as const;
const shutDown = { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0004' } } as const;
const attemptFailed = ['countAttempt', { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0069' } }] as const;

export const auroraClusterMachine = parts.createMachine({
  id: 'aurora.cluster',
  context: ({ input }) => firstContext(input ?? { writer: 'writer', instances: [], customEndpoints: [], azs: [], readersSurvive: true }),
  type: 'parallel',
  states: {
    care: {
      on: {
        WRITER_UNREACHABLE: note, WRITER_REACHABLE: note, WRITER_CRASHED: note, WRITER_STARTED: note,
        WRITER_STORAGE_FAILED: note, WRITER_STORAGE_REPAIRED: note, WRITER_UNRESPONSIVE: note, WRITER_RESPONSIVE: note,
        READER_UNREACHABLE: noteAndCare, READER_REACHABLE: noteAndCare, READER_CRASHED: noteAndCare,
        READER_STORAGE_FAILED: noteAndCare, READER_STORAGE_REPAIRED: noteAndCare, READER_UNRESPONSIVE: noteAndCare, READER_RESPONSIVE: noteAndCare,
        READER_STARTED: { actions: ['note', 'careForReader', 'reviseReaderList', { type: 'publishOfReader', params: { id: 'RDS-EVENT-0006' } }] },
        READER_RESTART_DUE: { guard: 'readerMayStart', actions: 'startReader' },
        READER_REPLACEMENT_DUE: { guard: 'readerAils', actions: 'replaceReaderHost' },
        READER_LIST_DUE: { actions: 'repointReaders' },
        REBOOT_REQUESTED: {
          guard: 'isOfReader',
          actions: ['adoptTimings', 'stopReader', 'noteReaderStopped', { type: 'publishOfReader', params: { id: 'RDS-EVENT-0004' } }, 'restartAfterReboot', 'reviseReaderList'],
        },
        ENDPOINT_REPOINTED: { actions: 'noteEndpoint' },
        SEGMENT_LOST: { actions: 'orderRepair' },
        SEGMENT_RETURNED: { actions: 'callRepairOff' },
        SEGMENT_REPAIR_DUE: { actions: 'replaceSegment' },
      },
    },
    service: {
      initial: 'available',
      states: {
        available: {
          id: 'available',
          tags: ['writable', 'readable'],
          entry: 'forgetAttempts',
          initial: 'settled',
          always: [
            { guard: 'writerAils', target: 'suspecting' },
            { guard: 'writerMayStart', target: 'restarting' },
            { guard: 'endpointIsBehind', target: 'failingOver.movingEndpoints' },
          ],
          on: {
            FAILOVER_REQUESTED: { guard: 'someoneMayTakeOver', target: '.leaving', actions: ['adoptTimings', 'noteWanted'] },
            REBOOT_REQUESTED: { guard: 'isOfWriter', target: 'rebooting', actions: 'adoptTimings' },
          },
          states: {
            settled: {},
            /** A failover was asked for; the writer works until it is stopped for it. */
            leaving: { tags: 'failing-over', after: { requestHandling: '#stopping' } },
            /** Clients work again; the service says so some time later. */
            announcing: {
              tags: 'failing-over',
              after: { completionNotice: { target: 'settled', actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0071' } } } },
            },
          },
        },
        /** The writer looks lost; a fault that heals before the checks have failed often enough goes unnoticed. */
        suspecting: {
          id: 'suspecting',
          tags: 'phase:detection',
          always: [{ guard: 'writerServes', target: 'available' }, { guard: 'writerMayStart', target: 'restarting' }],
          after: { detection: 'failingOver' },
        },
        /** The process is gone and its host is well: a restart in place is faster than a failover. */
        restarting: {
          id: 'restarting',
          initial: 'noticing',
          always: [{ guard: 'writerAils', target: 'suspecting' }, { guard: 'writerServes', target: 'available' }],
          states: {
            noticing: { tags: 'phase:detection', after: { crashNotice: 'recovering' } },
            recovering: {
              id: 'recovering',
              tags: 'phase:recovery',
              entry: 'recoverForWriter',
              on: { VOLUME_RECOVERED: { guard: 'isOfWriter', target: 'starting' } },
            },
            starting: {
              tags: 'phase:recovery',
              entry: ['startWriter', 'restartOtherReaders'],
              on: {
                WRITER_STARTED: { actions: restarted },
                // It does not come up where it is.
                WRITER_CRASHED: [{ guard: 'someoneMayTakeOver', target: '#failingOver' }, { target: 'noticing' }],
              },
            },
          },
        },
        /** Asked for by the customer: an orderly stop and start of the same instance. */
        rebooting: {
          tags: 'phase:recovery',
          entry: ['stopWriter', 'noteWriterStopped', shutDown],
          always: { guard: 'writerAils', target: 'suspecting' },
          after: { reboot: '#recovering' },
        },
        failingOver: {
          id: 'failingOver',
          tags: 'failing-over',
          initial: 'choosing',
          states: {
            stopping: { id: 'stopping', entry: ['stopWriter', 'noteWriterStopped', shutDown], always: 'choosing' },
            choosing: {
              id: 'choosing',
              always: [
                { guard: 'someoneMayTakeOver', target: 'promoting', actions: 'chooseHeir' },
                { guard: 'writerMayStart', target: '#restarting', actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0070' } } },
                { target: '#stranded' },
              ],
            },
            /** Raising the volume's epoch changes the locks; what a read quorum knows is the log. */
            promoting: {
              tags: 'phase:promotion',
              entry: ['publishStart', 'recoverForHeir'],
              always: { guard: 'heirLost', target: 'choosing', actions: attemptFailed },
              on: {
                VOLUME_FENCED: { guard: 'isOfHeir', actions: 'fenceWriter' },
                VOLUME_RECOVERED: { guard: 'isOfHeir', target: 'starting', actions: ['stopHeir', 'demoteWriter', 'promoteHeir', 'swapRoles', 'careForFormerWriter'] },
              },
            },
            starting: {
              tags: 'phase:recovery',
              entry: ['startWriter', 'restartOtherReaders'],
              always: [{ guard: 'writerAils', target: 'choosing', actions: attemptFailed }, { guard: 'writerServes', target: 'movingEndpoints' }],
              on: { WRITER_STARTED: { actions: restarted }, WRITER_CRASHED: { target: 'choosing', actions: attemptFailed } },
            },
            /** The former writer may be up as a reader by now: whoever still asks it is told that it is read-only. */
            movingEndpoints: {
              tags: 'phase:endpoint-change',
              always: [
                { guard: 'writerAils', target: '#suspecting' },
                { guard: 'writerMayStart', target: '#restarting' },
                { guard: 'endpointFollows', target: '#available.announcing', actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0385' } } },
              ],
              after: { endpointUpdate: { actions: ['repointEndpoints', 'repointReaders'] } },
            },
          },
        },
        /** Nobody is left to promote: the service makes a new primary in the same AZ, and if that is dark a person has to make one elsewhere. */
        stranded: {
          id: 'stranded',
          initial: 'deciding',
          tags: 'phase:recovery',
          always: [
            { guard: 'writerServes', target: 'available' },
            { guard: 'writerMayStart', target: 'restarting' },
            { guard: 'someoneMayTakeOver', target: 'failingOver' },
          ],
          states: {
            deciding: { always: [{ guard: 'azSeemsDark', target: 'calling' }, { target: 'recreating' }] },
            recreating: { after: { hostReplacement: { target: 'launching', actions: 'replaceWriterHost' } } },
            launching: { after: { launchPatience: 'calling' } },
            calling: {
              tags: 'waiting-for-person',
              entry: 'callOperator',
              on: { OPERATOR_DONE: { target: 'creating', actions: 'adoptTimings' } },
            },
            creating: { after: { instanceCreation: { actions: ['createElsewhere', 'noteWriterMoved'] } } },
          },
        },
      },
    },
    redundancy: {
      initial: 'whole',
      states: {
        whole: { tags: ['redundant', 'readable'], always: { guard: 'noReaderServes', target: 'alone' } },
        alone: { always: { guard: 'aReaderServes', target: 'whole' } },
      },
    },
  },
});
