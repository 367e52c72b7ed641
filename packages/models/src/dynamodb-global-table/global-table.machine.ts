/**
 * dynamodb.global-table: one Region of a DynamoDB global table.
 *
 * Three storage replicas in three AZs form a group with an elected leader. A write is acknowledged when two of them
 * hold it, so the loss of an AZ loses no write: the followers ask one another whether the leader is really gone,
 * elect another, wait until the old leader's lease has run out (a couple of seconds without writes and strong
 * reads), and go on. No endpoint moves, and between Regions nothing fails over at all: that is the application's.
 * Elhemali et al., Amazon DynamoDB, USENIX ATC 2022, sections 3, 5.1 and 6.
 */
import { globalTableSetup, wellGroup } from './global-table.actions.ts';
import { service } from './service.ts';

/** The same for every way in which a leader can be in trouble. */
function onLeaderTrouble<const Transition>(transition: Transition) {
  return {
    LEADER_UNREACHABLE: transition,
    LEADER_CRASHED: transition,
    LEADER_STORAGE_FAILED: transition,
    LEADER_UNRESPONSIVE: transition,
  };
}

/** The same for any storage replica, whatever its role. */
function onMember<Observation extends string, const Transition>(observation: Observation, transition: Transition) {
  return { [`LEADER_${observation}`]: transition, [`FOLLOWER_${observation}`]: transition } as Readonly<
    Record<`${'LEADER' | 'FOLLOWER'}_${Observation}`, Transition>
  >;
}

export const globalTableMachine = globalTableSetup.createMachine({
  id: 'dynamodb.global-table',
  context: ({ input }) => wellGroup(input),
  type: 'parallel',
  on: { EVACUATE_REQUESTED: { actions: 'callForEvacuation' } },
  states: {
    /** Who leads the group: without a leader nobody takes writes or serves strong reads. */
    leadership: {
      initial: 'steady',
      states: {
        steady: {
          tags: 'writable',
          always: { guard: 'quorumLost', target: 'noQuorum' },
          on: {
            ...onLeaderTrouble('leaderSuspected'),
            LEADER_REACHABLE: { guard: 'leaderIsStopped', target: 'leaderSuspected' },
          },
        },
        /** Heartbeats are missing. A fault that heals before a follower has missed enough of them goes unnoticed. */
        leaderSuspected: {
          tags: 'phase:promotion',
          entry: 'adoptTimings',
          always: [
            { guard: 'quorumLost', target: 'noQuorum' },
            { guard: 'leaderIsWell', target: 'steady' },
          ],
          after: { missedHeartbeats: 'askingPeers' },
        },
        /** The guard against gray failures: if any peer still hears the leader, nobody is elected. */
        askingPeers: {
          tags: 'phase:promotion',
          entry: 'askPeers',
          on: { PEERS_ANSWERED: [{ guard: 'someoneReachesLeader', target: 'leaderUnseen' }, { target: 'electing' }] },
        },
        /** The leader works, as its peers say: clients notice nothing. Ask again from time to time. */
        leaderUnseen: {
          tags: 'writable',
          after: { missedHeartbeats: { target: 'leaderUnseen', reenter: true, actions: 'askPeers' } },
          always: { guard: 'leaderIsWell', target: 'steady' },
          on: { PEERS_ANSWERED: [{ guard: 'someoneReachesLeader' }, { target: 'electing' }] },
        },
        electing: {
          tags: 'phase:promotion',
          entry: ['adoptTimings', 'stopWrites'],
          always: { guard: 'quorumLost', target: 'noQuorum' },
          after: { election: { target: 'leaseWait', actions: 'elect' } },
        },
        /** The new leader may not serve before the lease of the old one has run out: it might still be serving. */
        leaseWait: {
          tags: 'phase:recovery',
          always: { guard: 'quorumLost', target: 'noQuorum' },
          after: { oldLease: { target: 'steady', actions: 'takeWrites' } },
          on: {
            ...onLeaderTrouble({ guard: 'isLeader', target: 'leaderSuspected' }),
            LEADER_REACHABLE: { guard: 'leaderIsStopped', target: 'leaderSuspected' },
          },
        },
        /** Eventual reads only, until members return. */
        noQuorum: {
          tags: 'phase:recovery',
          always: [
            { guard: 'leaderIsWell', target: 'steady', actions: 'takeWrites' },
            { guard: 'quorumHolds', target: 'electing' },
            { guard: 'isRebuildable', target: 'rebuilding' },
            { guard: 'nothingIsLeft', target: 'nothingLeft' },
          ],
        },
        /**
         * The volumes of a majority are gone. A group without a quorum cannot change its own membership, so people of
         * the provider make another one out of what is left (assumed; see `groupRebuild`).
         */
        rebuilding: {
          tags: 'phase:recovery',
          entry: 'adoptTimings',
          always: { guard: 'isNotRebuildable', target: 'noQuorum' },
          after: { groupRebuild: { target: 'rebuilding', reenter: true, actions: 'rebuildGroup' } },
        },
        /** No volume is left that holds all that was acknowledged. What the service would give up then is not published. */
        nothingLeft: {
          tags: ['waiting-for-person', 'phase:recovery'],
          always: { guard: 'somethingIsLeft', target: 'noQuorum' },
        },
      },
    },
    /** Which storage replicas count, and how lost ones come back: by themselves, or healed on another host. */
    membership: {
      initial: 'whole',
      on: {
        ...onMember('UNREACHABLE', { target: '.healing', actions: ['noteLost', 'noteUnseen'] }),
        ...onMember('STORAGE_FAILED', { target: '.healing', actions: ['noteLost', 'noteStorageFailed'] }),
        ...onMember('UNRESPONSIVE', { target: '.healing', actions: ['noteLost', 'noteSlow'] }),
        ...onMember('CRASHED', { target: '.healing', actions: ['adoptTimings', 'noteLost', 'startMember'] }),
        ...onMember('REACHABLE', [
          { guard: 'isRunningAndWell', actions: ['noteSeen', 'attachMember'] },
          { guard: 'isRunning', actions: 'noteSeen' },
          { target: '.healing', actions: ['adoptTimings', 'noteLost', 'noteSeen', 'startMember'] },
        ]),
        ...onMember('STORAGE_REPAIRED', { actions: ['adoptTimings', 'noteStorageWorks', 'startMember'] }),
        ...onMember('RESPONSIVE', { actions: ['adoptTimings', 'noteInTime', 'startMember'] }),
        ...onMember('STARTED', { guard: 'isOfUse', actions: 'attachMember' }),
        ...onMember('IN_SYNC', { guard: 'isOfUse', actions: 'noteWell' }),
      },
      states: {
        whole: { tags: 'redundant' },
        healing: {
          entry: 'adoptTimings',
          always: { guard: 'allWell', target: 'whole' },
          // What could not be healed at once, because too few were left to copy from, is tried again.
          after: { storageHealing: { target: 'healing', reenter: true, actions: 'replaceLostMembers' } },
        },
      },
    },
    /** While a storage replica is lost, a log replica takes its place in the quorum: without items to copy it is there in seconds. */
    logReplica: {
      initial: 'absent',
      states: {
        absent: { always: { guard: 'logReplicaIsNeeded', target: 'starting' } },
        starting: {
          entry: ['adoptTimings', 'makeLogReplica'],
          always: { guard: 'allWell', target: 'absent', actions: 'dropLogReplica' },
          on: {
            LOG_REPLICA_REACHABLE: { actions: 'startLogReplica' },
            LOG_REPLICA_CRASHED: { actions: 'startLogReplica' },
            LOG_REPLICA_STARTED: 'joining',
          },
        },
        /** Only a group that has a quorum can change its own membership. */
        joining: {
          always: [
            { guard: 'allWell', target: 'absent', actions: 'dropLogReplica' },
            { guard: 'quorumHolds', target: 'counting', actions: 'attachLogReplica' },
          ],
        },
        counting: {
          always: { guard: 'allWell', target: 'absent', actions: 'dropLogReplica' },
          on: {
            LOG_REPLICA_UNREACHABLE: { target: 'absent', actions: 'dropLogReplica' },
            LOG_REPLICA_CRASHED: { target: 'absent', actions: 'dropLogReplica' },
          },
        },
      },
    },
    service,
  },
});
