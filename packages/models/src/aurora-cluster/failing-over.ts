import { parts } from './aurora-cluster.actions.ts';

const restarted = { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0006' } } as const;
const shutDown = { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0004' } } as const;
const attemptFailed = ['countAttempt', { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0069' } }] as const;

/** From the choice of an heir to the cluster endpoint that answers with it. */
export const failingOver = parts.createStateConfig({
  id: 'failingOver',
  tags: 'failing-over',
  initial: 'choosing',
  states: {
    stopping: { id: 'stopping', entry: ['stopWriter', 'noteWriterStopped', shutDown], always: 'choosing' },
    choosing: {
      id: 'choosing',
      always: [
        { guard: 'someoneMayTakeOver', target: 'promoting', actions: 'chooseHeir' },
        {
          guard: 'writerMayStart',
          target: '#restarting',
          actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0070' } },
        },
        { target: '#stranded' },
      ],
    },
    /** Raising the volume's epoch changes the locks; what a read quorum knows is the log. */
    promoting: {
      tags: 'phase:promotion',
      entry: ['publishStart', 'recoverForHeir'],
      always: { guard: 'heirLost', target: 'choosing', actions: attemptFailed },
      on: {
        VOLUME_RECOVERED: {
          guard: 'isOfHeir',
          target: 'starting',
          actions: ['stopHeir', 'demoteWriter', 'promoteHeir', 'swapRoles', 'careForFormerWriter'],
        },
      },
    },
    starting: {
      tags: 'phase:recovery',
      entry: ['startWriter', 'restartOtherReaders'],
      always: [
        { guard: 'writerAils', target: 'choosing', actions: attemptFailed },
        { guard: 'writerServes', target: 'movingEndpoints' },
      ],
      on: {
        WRITER_STARTED: { actions: restarted },
        WRITER_CRASHED: { target: 'choosing', actions: attemptFailed },
      },
    },
    /** The former writer may be up as a reader by now: whoever still asks it is told that it is read-only. */
    movingEndpoints: {
      tags: 'phase:endpoint-change',
      always: [
        { guard: 'writerAils', target: '#suspecting' },
        { guard: 'writerMayStart', target: '#restarting' },
        {
          guard: 'endpointFollows',
          target: '#available.announcing',
          actions: { type: 'publishOfWriter', params: { id: 'RDS-EVENT-0385' } },
        },
      ],
      after: { endpointUpdate: { actions: ['repointEndpoints', 'repointReaders'] } },
    },
  },
});
