/**
 * dynamodb.global-table: one Region of a DynamoDB global table.
 *
 * Three storage replicas in three AZs form a group with an elected leader. A write is acknowledged when two of them
 * hold it, so the loss of an AZ loses no write: the followers ask one another whether the leader is really gone,
 * elect another, wait until the old leader's lease has run out (a couple of seconds without writes and strong
 * reads), and go on. No endpoint moves, and between Regions nothing fails over at all: that is the application's.
 * Elhemali et al., Amazon DynamoDB, USENIX ATC 2022, sections 3, 5.1 and 6.
 */
import { assign, emit, enqueueActions, setup } from 'xstate';
import { undrawn } from '../quantity.ts';
import type { GlobalTableTypes } from './global-table.contract.ts';
import { globalTableTimings } from './global-table.timings.ts';
import { candidate, excluding, healthyCount, including, WRITE_QUORUM } from './storage-group.ts';

export const globalTableMachine = setup({
  types: {} as GlobalTableTypes,
  delays: {
    missedHeartbeats: ({ context }) => context.timings.missedHeartbeatsMs,
    election: ({ context }) => context.timings.electionMs,
    oldLease: ({ context }) => context.timings.oldLeaseMs,
    storageHealing: ({ context }) => context.timings.storageHealingMs,
    serviceReplacement: ({ context }) => context.timings.serviceReplacementMs,
  },
  guards: {
    isLeader: ({ context, event }) => event.node === context.leader,
    isRunning: ({ event }) => event.running === true,
    isSeen: ({ context, event }) => !context.unseen.includes(event.node ?? ''),
    someoneReachesLeader: ({ event }) => (event.reachedBy ?? []).length > 0,
    leaderIsWell: ({ context }) => healthyCount(context) >= WRITE_QUORUM && !context.lost.includes(context.leader),
    quorumHolds: ({ context }) => healthyCount(context) >= WRITE_QUORUM && candidate(context) !== undefined,
    quorumLost: ({ context }) => healthyCount(context) < WRITE_QUORUM || candidate(context) === undefined,
    someoneIsLost: ({ context }) => context.lost.length > 0,
    allWell: ({ context }) => context.lost.length === 0,
  },
  actions: {
    adoptTimings: assign({ timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings }),
    noteLost: assign({ lost: ({ context, event }) => including(context.lost, event.node) }),
    noteWell: assign({ lost: ({ context, event }) => excluding(context.lost, event.node) }),
    noteUnseen: assign({ unseen: ({ context, event }) => including(context.unseen, event.node) }),
    noteSeen: assign({ unseen: ({ context, event }) => excluding(context.unseen, event.node) }),

    askPeers: emit(({ context }) => ({ type: 'ASK_PEERS' as const, node: context.leader, peers: excluding(context.members, context.leader) })),
    stopWrites: emit(({ context }) => ({ type: 'SET_ROLE' as const, node: context.service, role: 'replica', readable: true, writable: false })),
    takeWrites: emit(({ context }) => ({ type: 'SET_ROLE' as const, node: context.service, role: 'replica', readable: true, writable: true })),
    elect: enqueueActions(({ context, enqueue }) => {
      const leader = candidate(context) as string;
      if (leader === context.leader) return;
      enqueue.emit({ type: 'SET_ROLE', node: context.leader, role: 'follower', readable: false, writable: false });
      enqueue.emit({ type: 'SET_ROLE', node: leader, role: 'leader', readable: false, writable: false });
      enqueue.assign({ leader });
    }),

    startMember: emit(({ context, event }) => ({ type: 'START_NODE' as const, node: event.node as string, startMs: context.timings.memberReturnMs, clean: true })),
    attachMember: emit(({ event }) => ({ type: 'ATTACH_COPY' as const, node: event.node as string })),
    detachMember: emit(({ event }) => ({ type: 'DETACH_COPY' as const, node: event.node as string })),
    /** Filled from its peers; where too few are left to copy from, a new host gets the old volume. */
    replaceLostMembers: enqueueActions(({ context, enqueue }) => {
      const volume = healthyCount(context) >= WRITE_QUORUM ? 'lost' : 'kept';
      for (const node of context.lost) enqueue.emit({ type: 'REPLACE_HOST', node, volume });
    }),

    makeLogReplica: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.logReplica, volume: 'lost' as const })),
    startLogReplica: emit(({ context }) => ({ type: 'START_NODE' as const, node: context.logReplica, startMs: context.timings.logReplicaMs, clean: true })),
    attachLogReplica: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'ATTACH_COPY', node: context.logReplica });
      enqueue.assign({ logReplicaCounts: true });
    }),
    dropLogReplica: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'DETACH_COPY', node: context.logReplica });
      enqueue.emit({ type: 'DISCARD_NODE', node: context.logReplica });
      enqueue.assign({ logReplicaCounts: false });
    }),

    replaceService: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.service, volume: 'lost' as const })),
    startService: emit(({ context }) => ({ type: 'START_NODE' as const, node: context.service, startMs: context.timings.serviceStartMs, clean: true })),
    callForEvacuation: emit({ type: 'CALL_OPERATOR', step: 'evacuate-region' }),
  },
}).createMachine({
  id: 'dynamodb.global-table',
  context: ({ input }) => ({
    ...input,
    leader: input?.members[0] ?? '',
    lost: [],
    unseen: [],
    logReplicaCounts: false,
    timings: undrawn(globalTableTimings),
  }),
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
            LEADER_UNREACHABLE: 'leaderSuspected',
            LEADER_CRASHED: 'leaderSuspected',
            LEADER_STORAGE_FAILED: 'leaderSuspected',
            LEADER_UNRESPONSIVE: 'leaderSuspected',
          },
        },
        /** Heartbeats are missing. A fault that heals before a follower has missed enough of them goes unnoticed. */
        leaderSuspected: {
          tags: 'phase:promotion',
          entry: 'adoptTimings',
          always: { guard: 'quorumLost', target: 'noQuorum' },
          after: { missedHeartbeats: 'askingPeers' },
          on: { LEADER_REACHABLE: { guard: 'isRunning', target: 'steady' } },
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
          after: { missedHeartbeats: 'askingPeers' },
          on: { LEADER_REACHABLE: [{ guard: 'isRunning', target: 'steady' }, { target: 'askingPeers' }] },
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
            LEADER_UNREACHABLE: { guard: 'isLeader', target: 'leaderSuspected' },
            LEADER_CRASHED: { guard: 'isLeader', target: 'leaderSuspected' },
            LEADER_STORAGE_FAILED: { guard: 'isLeader', target: 'leaderSuspected' },
            LEADER_UNRESPONSIVE: { guard: 'isLeader', target: 'leaderSuspected' },
          },
        },
        /** Eventual reads only, until members return. No phase: what ends this for clients is often another Region. */
        noQuorum: {
          always: [
            { guard: 'leaderIsWell', target: 'steady', actions: 'takeWrites' },
            { guard: 'quorumHolds', target: 'electing' },
          ],
        },
      },
    },
    /** Which storage replicas count, and how lost ones come back: by themselves, or healed on another host. */
    membership: {
      initial: 'whole',
      on: {
        LEADER_UNREACHABLE: { target: '.healing', actions: ['noteLost', 'noteUnseen', 'detachMember'] },
        FOLLOWER_UNREACHABLE: { target: '.healing', actions: ['noteLost', 'noteUnseen', 'detachMember'] },
        LEADER_STORAGE_FAILED: { target: '.healing', actions: ['noteLost', 'detachMember'] },
        FOLLOWER_STORAGE_FAILED: { target: '.healing', actions: ['noteLost', 'detachMember'] },
        LEADER_UNRESPONSIVE: { target: '.healing', actions: ['noteLost', 'detachMember'] },
        FOLLOWER_UNRESPONSIVE: { target: '.healing', actions: ['noteLost', 'detachMember'] },
        LEADER_CRASHED: { target: '.healing', actions: ['adoptTimings', 'noteLost', 'detachMember', 'startMember'] },
        FOLLOWER_CRASHED: { target: '.healing', actions: ['adoptTimings', 'noteLost', 'detachMember', 'startMember'] },
        LEADER_REACHABLE: [{ guard: 'isRunning', actions: ['noteSeen', 'attachMember'] }, { actions: ['adoptTimings', 'noteSeen', 'startMember'] }],
        FOLLOWER_REACHABLE: [{ guard: 'isRunning', actions: ['noteSeen', 'attachMember'] }, { actions: ['adoptTimings', 'noteSeen', 'startMember'] }],
        LEADER_STORAGE_REPAIRED: { actions: ['adoptTimings', 'startMember'] },
        FOLLOWER_STORAGE_REPAIRED: { actions: ['adoptTimings', 'startMember'] },
        LEADER_RESPONSIVE: { actions: ['adoptTimings', 'startMember'] },
        FOLLOWER_RESPONSIVE: { actions: ['adoptTimings', 'startMember'] },
        LEADER_STARTED: { guard: 'isSeen', actions: 'attachMember' },
        FOLLOWER_STARTED: { guard: 'isSeen', actions: 'attachMember' },
        LEADER_IN_SYNC: { actions: 'noteWell' },
        FOLLOWER_IN_SYNC: { actions: 'noteWell' },
      },
      states: {
        whole: { tags: 'redundant' },
        healing: {
          entry: 'adoptTimings',
          always: { guard: 'allWell', target: 'whole' },
          after: { storageHealing: { actions: 'replaceLostMembers' } },
        },
      },
    },
    /** While a storage replica is lost, a log replica takes its place in the quorum: without items to copy it is there in seconds. */
    logReplica: {
      initial: 'absent',
      states: {
        absent: { always: { guard: 'someoneIsLost', target: 'starting' } },
        starting: {
          entry: ['adoptTimings', 'makeLogReplica'],
          always: { guard: 'allWell', target: 'absent', actions: 'dropLogReplica' },
          on: { LOG_REPLICA_REACHABLE: { actions: 'startLogReplica' }, LOG_REPLICA_CRASHED: { actions: 'startLogReplica' }, LOG_REPLICA_STARTED: 'joining' },
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
          on: { LOG_REPLICA_UNREACHABLE: { target: 'absent', actions: 'dropLogReplica' }, LOG_REPLICA_CRASHED: { target: 'absent', actions: 'dropLogReplica' } },
        },
      },
    },
    /** The Region's endpoint itself: request routers, which keep no data. */
    service: {
      initial: 'up',
      on: { REPLICA_UNREACHABLE: '.down', REPLICA_STORAGE_FAILED: '.down', REPLICA_UNRESPONSIVE: '.down', REPLICA_CRASHED: '.starting' },
      states: {
        up: {},
        down: {
          entry: 'adoptTimings',
          after: { serviceReplacement: 'replacing' },
          on: { REPLICA_REACHABLE: [{ guard: 'isRunning', target: 'up' }, { target: 'starting' }], REPLICA_STORAGE_REPAIRED: 'up', REPLICA_RESPONSIVE: 'up' },
        },
        replacing: {
          entry: 'replaceService',
          on: { REPLICA_REACHABLE: 'starting', REPLICA_STORAGE_REPAIRED: 'starting', REPLICA_RESPONSIVE: 'starting' },
        },
        starting: { entry: ['adoptTimings', 'startService'], on: { REPLICA_STARTED: 'up' } },
      },
    },
  },
});
