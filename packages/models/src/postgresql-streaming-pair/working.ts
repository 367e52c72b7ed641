import { parts } from './streaming-pair.actions.ts';

/** The primary serves. What differs is where its standby is, and whether commits wait for it. */
export const working = parts.createStateConfig({
  id: 'working',
  initial: 'settling',
  // More than one thing may have befallen it, and only one of them is over.
  always: [
    { guard: 'primaryIsIll', target: 'suspecting' },
    { guard: 'primaryIsDown', target: 'restarting' },
    { guard: 'endpointIsElsewhere', target: 'movingEndpoint' },
  ],
  on: {
    PRIMARY_UNREACHABLE: 'suspecting',
    PRIMARY_STORAGE_FAILED: { target: 'suspecting', actions: 'notePrimary' },
    PRIMARY_UNRESPONSIVE: { target: 'suspecting', actions: 'notePrimary' },
    PRIMARY_CRASHED: { target: 'restarting', actions: 'notePrimary' },
    RESTART_REQUESTED: 'stopping',
    PROMOTE_REQUESTED: { guard: 'standbyMayBePromoted', target: 'promoting' },
  },
  states: {
    settling: {
      always: [
        { guard: 'standbyDiverged', target: 'unpaired' },
        { guard: 'standbyIsBack', target: 'catchingUp', actions: 'attachStandby' },
        { guard: 'standbyFollows', target: 'streaming' },
        { guard: 'commitsWait', target: 'hanging' },
        { target: 'alone' },
      ],
    },
    streaming: {
      tags: ['writable', 'redundant'],
      always: { guard: 'standbyLost', target: 'settling' },
    },
    /** Every commit waits for a standby that is gone, until it is back or a person takes it out of synchronous_standby_names. */
    hanging: {
      tags: ['waiting-for-person', 'phase:decision'],
      entry: { type: 'call', params: { step: 'drop-synchronous-standby' } },
      exit: { type: 'dismiss', params: { step: 'drop-synchronous-standby' } },
      always: { guard: 'standbyFollows', target: 'streaming' },
      on: {
        OPERATOR_DONE: {
          guard: { type: 'isDone', params: { step: 'drop-synchronous-standby' } },
          target: 'alone',
          actions: ['noteAlone', 'goOnAlone'],
        },
      },
    },
    alone: {
      tags: 'writable',
      always: { guard: 'standbyFollows', target: 'catchingUp', actions: 'attachStandby' },
    },
    /** After a promotion: the former primary has to be made a standby, by somebody. */
    unpaired: {
      tags: ['writable', 'waiting-for-person'],
      entry: { type: 'call', params: { step: 'rebuild-standby' } },
      on: {
        OPERATOR_DONE: {
          guard: { type: 'isDone', params: { step: 'rebuild-standby' } },
          target: 'rebuilding',
          actions: 'adoptTimings',
        },
      },
    },
    rebuilding: {
      tags: 'writable',
      entry: ['replaceStandby', 'rebuildStandby'],
      after: {
        standbyRebuild: {
          target: 'catchingUp',
          actions: ['noteStandbyMade', 'openStandby', 'startRebuiltStandby', 'attachStandby'],
        },
      },
    },
    catchingUp: {
      tags: 'writable',
      on: { STANDBY_IN_SYNC: { target: 'streaming', actions: ['noteTogether', 'requireStandby'] } },
    },
  },
});
