/**
 * rds.multi-az-cluster: a writer and two readers in three AZs, each with storage of its own.
 *
 * It promises that a commit is acknowledged only when at least one reader holds it, that readers serve reads, and
 * that a lost writer is replaced by the reader with the most recent record, typically in under 35 seconds, longer
 * when the readers lag. Amazon RDS User Guide, multi-az-db-clusters-concepts and -concepts-failover.
 *
 * The chart is a set of regions side by side: `knowledge` takes in what is observed, `service` looks after the
 * writer, `first` and `second` after the two readers, and `redundancy` says whether the promise is whole. Most
 * transitions ask what is known (`always`) and not which fact came last, so that faults may overlap in any order.
 */

import { deleted, deleting } from './deletion.ts';
import { knowledge } from './knowledge.ts';
import { parts } from './multi-az-cluster.actions.ts';
import { firstContext } from './multi-az-cluster.views.ts';
import { readerSlot } from './reader-slot.ts';
import { stranded } from './stranded.ts';

export const multiAzClusterMachine = parts.createMachine({
  id: 'rds.multi-az-cluster',
  context: ({ input }) =>
    firstContext(input ?? { engine: 'postgres', writer: 'writer', readers: ['reader-1', 'reader-2'] }),
  type: 'parallel',
  states: {
    knowledge,
    service: {
      initial: 'available',
      on: {
        FAILOVER_REQUESTED: { actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0069' } } },
        DELETE_REQUESTED: { target: '.deleting', actions: 'adoptTimings' },
      },
      states: {
        available: {
          id: 'available',
          tags: 'readable',
          initial: 'committing',
          always: { guard: 'writerLost', target: 'suspecting' },
          on: {
            FAILOVER_REQUESTED: [
              { guard: 'someoneMayTakeOver', target: 'terminated', actions: 'adoptTimings' },
              { actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0069' } } },
            ],
            REBOOT_REQUESTED: { guard: 'isOfWriter', target: 'rebooting', actions: 'adoptTimings' },
          },
          states: {
            committing: { tags: 'writable', always: { guard: 'noReaderFollows', target: 'stalled' } },
            /** Nobody can acknowledge: commits wait for a reader (assumed; what the service does then is not published). */
            stalled: { tags: 'phase:recovery', always: { guard: 'someReaderFollows', target: 'committing' } },
          },
        },
        /** The writer looks lost. If its host is well it starts the process again; whoever is first, restart or failover, wins. */
        suspecting: {
          id: 'suspecting',
          initial: 'watching',
          always: { guard: 'writerServes', target: 'available' },
          after: { detection: [{ guard: 'someoneMayTakeOver', target: 'failingOver' }, { target: 'stranded' }] },
          states: {
            watching: { tags: 'phase:detection', always: { guard: 'writerMayStart', target: 'noticing' } },
            noticing: {
              tags: 'phase:detection',
              always: { guard: 'writerAils', target: 'watching' },
              after: { crashNotice: 'restarting' },
            },
            restarting: {
              tags: 'phase:recovery',
              entry: 'startWriter',
              always: { guard: 'writerAils', target: 'watching' },
              on: {
                WRITER_CRASHED: 'noticing',
                WRITER_STARTED: { actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0006' } } },
              },
            },
          },
        },
        /** A failover on request begins with the end of the writer; the monitoring then finds it unhealthy. */
        terminated: {
          tags: 'phase:detection',
          entry: ['stopWriter', 'noteWriterStopped', { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0004' } }],
          after: { detection: [{ guard: 'someoneMayTakeOver', target: 'failingOver' }, { target: 'stranded' }] },
        },
        failingOver: {
          id: 'failingOver',
          initial: 'electing',
          entry: ['fenceWriter', 'noteWriterFenced'],
          states: {
            electing: {
              tags: 'phase:decision',
              after: { decision: { actions: 'comparePositions' } },
              on: {
                POSITIONS_COMPARED: [
                  {
                    guard: 'someoneIsElected',
                    target: 'applying',
                    actions: ['elect', { type: 'publishOfHeir', params: { id: 'RDS-EVENT-0073' } }],
                  },
                  /**
                   * Even the newest lacks something. "Any failover must first resolve the replica lag" (documented,
                   * multi-az-db-clusters-concepts), and here it cannot. That nobody is promoted then is assumed; the
                   * events of a failover that failed (0069), and of the previous primary promoted again (0070), exist.
                   */
                  { target: '#stranded', actions: 'noteLacking' },
                ],
              },
            },
            /** Replica lag is resolved before the promotion: this is where a lagging reader costs time. */
            applying: {
              tags: 'phase:recovery',
              entry: 'awaitApply',
              always: { guard: 'someoneInvolvedIsLost', target: 'electing' },
              on: { CAUGHT_UP: 'promoting' },
            },
            promoting: {
              tags: 'phase:promotion',
              always: { guard: 'someoneInvolvedIsLost', target: 'electing' },
              after: {
                promotion: {
                  target: 'movingEndpoints',
                  actions: ['promoteHeir', 'demoteWriter', 'swapRoles', 'attachReaders'],
                },
              },
            },
            movingEndpoints: {
              tags: 'phase:endpoint-change',
              always: { guard: 'writerLost', target: '#suspecting' },
              after: { endpointUpdate: { actions: ['repointWriterEndpoint', 'repointReaderEndpoint'] } },
              on: {
                ENDPOINT_REPOINTED: {
                  guard: 'isWriterEndpoint',
                  target: '#available',
                  actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0071' } },
                },
              },
            },
          },
        },
        /** A restart in place at the customer's wish, which is never a failover. */
        rebooting: {
          tags: 'phase:recovery',
          entry: ['stopWriter', 'noteWriterStopped', { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0004' } }],
          always: { guard: 'writerAils', target: 'suspecting' },
          after: { reboot: { actions: 'startWriter' } },
          on: {
            WRITER_CRASHED: 'suspecting',
            WRITER_STARTED: {
              target: 'available',
              actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0006' } },
            },
          },
        },
        stranded,
        deleting,
        deleted,
      },
    },
    first: readerSlot(0),
    second: readerSlot(1),
    redundancy: {
      initial: 'whole',
      on: { DELETE_REQUESTED: '.over' },
      states: {
        over: {},
        whole: { tags: 'redundant', always: { guard: 'somethingLacks', target: 'reduced' } },
        reduced: { always: { guard: 'allWell', target: 'whole' } },
      },
    },
  },
});
