import { readReplicaSetup } from './read-replica.actions.ts';

const REPOINT = { step: 'repoint-clients' } as const;

/** From a follower to an instance of its own, which cannot be undone. Amazon RDS User Guide, USER_ReadRepl.Promote. */
export const promoting = readReplicaSetup.createStateConfig({
  id: 'promoting',
  initial: 'applying',
  states: {
    /** What it has received, it keeps: all of it is applied first, however far behind it is. */
    applying: { tags: 'phase:recovery', entry: 'applyAll', on: { CAUGHT_UP: 'converting' } },
    /** It still serves reads, of what it had when replication stopped. */
    converting: { tags: 'phase:promotion', entry: 'stopFollowing', after: { promotion: 'rebooting' } },
    rebooting: {
      tags: 'phase:promotion',
      entry: ['stopNode', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
      after: { reboot: { actions: ['promote', 'startAfterShutdown'] } },
      on: {
        INSTANCE_STARTED: {
          target: '#standalone',
          actions: { type: 'publish', params: { id: 'RDS-EVENT-0006' } },
        },
      },
    },
  },
});

/** It takes writes under its own endpoint, which its clients do not know yet. */
export const standalone = readReplicaSetup.createStateConfig({
  id: 'standalone',
  tags: 'writable',
  initial: 'unused',
  states: {
    unused: {
      tags: ['waiting-for-person', 'phase:endpoint-change'],
      entry: { type: 'callFor', params: REPOINT },
      on: { OPERATOR_DONE: { guard: { type: 'isStep', params: REPOINT }, target: 'serving' } },
    },
    serving: {},
  },
});
