import { readReplicaSetup } from './read-replica.actions.ts';

const PROMOTE = { step: 'promote-replica' } as const;

/** The customer's side: an alarm on the source, a person, a decision. */
export const watch = readReplicaSetup.createStateConfig({
  initial: 'quiet',
  on: { PROMOTE_REQUESTED: '.over', SOURCE_DELETED: '.over', DELETE_REQUESTED: '.over' },
  states: {
    quiet: { id: 'quiet', on: { REPLICA_SOURCE_LOST: 'alarming' } },
    alarming: {
      tags: 'phase:detection',
      entry: 'adoptTimings',
      after: { alarm: 'deciding' },
      on: { REPLICA_SOURCE_BACK: 'quiet' },
    },
    deciding: {
      tags: ['waiting-for-person', 'phase:decision'],
      entry: { type: 'callFor', params: PROMOTE },
      on: {
        REPLICA_SOURCE_BACK: { target: 'quiet', actions: { type: 'dismiss', params: PROMOTE } },
        OPERATOR_DONE: { guard: { type: 'isStep', params: PROMOTE }, target: 'over' },
        // Nobody has to decide any more.
        SOURCE_DELETED: { target: 'over', actions: { type: 'dismiss', params: PROMOTE } },
        DELETE_REQUESTED: { target: 'over', actions: { type: 'dismiss', params: PROMOTE } },
      },
    },
    over: {},
  },
});
