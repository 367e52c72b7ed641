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
import { care } from './care.ts';
import { failingOver } from './failing-over.ts';

const restarted = { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0006' } } as const;
const shutDown = { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0004' } } as const;

export const auroraClusterMachine = parts.createMachine({
  id: 'aurora.cluster',
  context: ({ input }) =>
    firstContext(input ?? { writer: 'writer', instances: [], customEndpoints: [], azs: [], readersSurvive: true }),
  type: 'parallel',
  states: {
    care,
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
            FAILOVER_REQUESTED: {
              guard: 'someoneMayTakeOver',
              target: '.leaving',
              actions: ['adoptTimings', 'noteWanted'],
            },
            REBOOT_REQUESTED: { guard: 'isOfWriter', target: 'rebooting', actions: 'adoptTimings' },
          },
          states: {
            settled: {},
            /** A failover was asked for; the writer works until it is stopped for it. */
            leaving: { tags: 'failing-over', after: { requestHandling: '#stopping' } },
            /** Clients work again; the service says so some time later. */
            announcing: {
              tags: 'failing-over',
              after: {
                completionNotice: {
                  target: 'settled',
                  actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0071' } },
                },
              },
            },
          },
        },
        /** The writer looks lost; a fault that heals before the checks have failed often enough goes unnoticed. */
        suspecting: {
          id: 'suspecting',
          tags: 'phase:detection',
          always: [
            { guard: 'writerServes', target: 'available' },
            { guard: 'writerMayStart', target: 'restarting' },
          ],
          after: { detection: 'failingOver' },
        },
        /** The process is gone and its host is well: a restart in place is faster than a failover. */
        restarting: {
          id: 'restarting',
          initial: 'noticing',
          always: [
            { guard: 'writerAils', target: 'suspecting' },
            { guard: 'writerServes', target: 'available' },
          ],
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
        failingOver,
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
