import { assign, emit, enqueueActions, setup } from 'xstate';
import type { Command } from '../commands.ts';
import { undrawn } from '../quantity.ts';
import type { GlobalTableContext, GlobalTableInput, GlobalTableTypes } from './global-table.contract.ts';
import { globalTableTimings } from './global-table.timings.ts';
import {
  azForLogReplica,
  candidate,
  excluding,
  healthyCount,
  including,
  isAiling,
  isRebuildable,
  nothingIsLeft,
  WRITE_QUORUM,
  withLost,
} from './storage-group.ts';

const undrawnTimings = undrawn(globalTableTimings);

/** How a Region of the table begins: everything is well and the first storage replica leads. XState asks without input at times. */
export function wellGroup(input: GlobalTableInput | undefined): GlobalTableContext {
  const { service, members, logReplica, azs } = input ?? { service: '', members: [], logReplica: '', azs: [] };
  return {
    service,
    members,
    logReplica,
    azs,
    leader: members[0] ?? '',
    lost: [],
    behind: [],
    unseen: [],
    storageFailed: [],
    slow: [],
    logReplicaCounts: false,
    timings: undrawnTimings,
  };
}

/** What it takes for another storage replica to lead. */
function leadership(from: string, to: string): readonly Command[] {
  const inGroup = { type: 'SET_ROLE', readable: false, writable: false } as const;
  return [
    { ...inGroup, node: from, role: 'follower' },
    { ...inGroup, node: to, role: 'leader' },
  ];
}

/** What the words of the chart mean. */
export const globalTableSetup = setup({
  types: {} as GlobalTableTypes,
  delays: {
    missedHeartbeats: ({ context }) => context.timings.missedHeartbeatsMs,
    election: ({ context }) => context.timings.electionMs,
    oldLease: ({ context }) => context.timings.oldLeaseMs,
    storageHealing: ({ context }) => context.timings.storageHealingMs,
    groupRebuild: ({ context }) => context.timings.groupRebuildMs,
    serviceReplacement: ({ context }) => context.timings.serviceReplacementMs,
  },
  guards: {
    isLeader: ({ context, event }) => event.node === context.leader,
    isRunning: ({ event }) => event.running === true,
    isStopped: ({ event }) => event.running === false,
    leaderIsStopped: ({ context, event }) => event.node === context.leader && event.running === false,
    isOfUse: ({ context, event }) => !isAiling(context, event.node) && !context.unseen.includes(event.node ?? ''),
    isRunningAndWell: ({ context, event }) => event.running === true && !isAiling(context, event.node),
    /** What was started on what ails it is of no use either. */
    isWell: ({ context, event }) => !isAiling(context, event.node),
    isSlow: ({ context, event }) => context.slow.includes(event.node ?? ''),
    hasFailedStorage: ({ context, event }) => context.storageFailed.includes(event.node ?? ''),
    someoneReachesLeader: ({ event }) => (event.reachedBy ?? []).length > 0,
    leaderIsWell: ({ context }) => healthyCount(context) >= WRITE_QUORUM && !context.lost.includes(context.leader),
    quorumHolds: ({ context }) => healthyCount(context) >= WRITE_QUORUM && candidate(context) !== undefined,
    quorumLost: ({ context }) => healthyCount(context) < WRITE_QUORUM || candidate(context) === undefined,
    isRebuildable: ({ context }) => isRebuildable(context),
    isNotRebuildable: ({ context }) => !isRebuildable(context),
    nothingIsLeft: ({ context }) => nothingIsLeft(context),
    somethingIsLeft: ({ context }) => !nothingIsLeft(context),
    /** It is the leader that adds a log replica. */
    logReplicaIsNeeded: ({ context }) => context.lost.length > 0 && !context.lost.includes(context.leader),
    allWell: ({ context }) => context.lost.length === 0,
  },
  actions: {
    adoptTimings: assign({
      timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings,
    }),
    noteLost: assign(({ context, event }) => withLost(context, including(context.lost, event.node))),
    noteWell: assign(({ context, event }) => withLost(context, excluding(context.lost, event.node))),
    noteUnseen: assign({ unseen: ({ context, event }) => including(context.unseen, event.node) }),
    noteSeen: assign({ unseen: ({ context, event }) => excluding(context.unseen, event.node) }),
    noteStorageFailed: assign({ storageFailed: ({ context, event }) => including(context.storageFailed, event.node) }),
    noteStorageWorks: assign({ storageFailed: ({ context, event }) => excluding(context.storageFailed, event.node) }),
    noteSlow: assign({ slow: ({ context, event }) => including(context.slow, event.node) }),
    noteInTime: assign({ slow: ({ context, event }) => excluding(context.slow, event.node) }),

    askPeers: emit(({ context }) => ({
      type: 'ASK_PEERS' as const,
      node: context.leader,
      peers: excluding(context.members, context.leader),
    })),
    stopWrites: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.service,
      role: 'replica',
      readable: true,
      writable: false,
    })),
    takeWrites: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.service,
      role: 'replica',
      readable: true,
      writable: true,
    })),
    elect: enqueueActions(({ context, enqueue }) => {
      const leader = candidate(context) as string;
      if (leader === context.leader) return;
      for (const command of leadership(context.leader, leader)) enqueue.emit(command);
      enqueue.assign({ leader });
    }),

    startMember: emit(({ context, event }) => ({
      type: 'START_NODE' as const,
      node: event.node as string,
      startMs: context.timings.memberReturnMs,
      clean: true,
    })),
    attachMember: emit(({ event }) => ({ type: 'ATTACH_COPY' as const, node: event.node as string })),
    /**
     * Filled from its peers, except for a leader: its peers hear it. Where too few are left to copy from, new hosts get
     * the old volumes; a volume that has failed waits until there is a group again to fill another one, or until the
     * group is rebuilt.
     */
    replaceLostMembers: enqueueActions(({ context, enqueue }) => {
      const groupWorks = healthyCount(context) >= WRITE_QUORUM;
      for (const node of context.lost) {
        if (!groupWorks && context.storageFailed.includes(node)) continue;
        if (!groupWorks) enqueue.emit({ type: 'REPLACE_HOST', node, volume: 'kept' });
        else if (node !== context.leader) enqueue.emit({ type: 'REPLACE_HOST', node, volume: 'lost' });
      }
    }),

    /** The storage replica that is left leads, and the others get new volumes with what it holds and what was archived. */
    rebuildGroup: enqueueActions(({ context, enqueue }) => {
      const leader = candidate(context) ?? context.leader;
      if (leader !== context.leader) for (const command of leadership(context.leader, leader)) enqueue.emit(command);
      for (const node of context.storageFailed) {
        if (context.members.includes(node)) enqueue.emit({ type: 'REPLACE_HOST', node, volume: 'lost' });
      }
      enqueue.assign({ leader, behind: context.lost });
    }),

    makeLogReplica: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.logReplica,
      az: azForLogReplica(context),
      volume: 'lost' as const,
    })),
    startLogReplica: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.logReplica,
      startMs: context.timings.logReplicaMs,
      clean: true,
    })),
    attachLogReplica: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'ATTACH_COPY', node: context.logReplica });
      enqueue.assign({ logReplicaCounts: true });
    }),
    dropLogReplica: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'DETACH_COPY', node: context.logReplica });
      enqueue.emit({ type: 'DISCARD_NODE', node: context.logReplica });
      enqueue.assign({ logReplicaCounts: false });
    }),

    replaceService: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.service,
      volume: 'lost' as const,
    })),
    startService: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.service,
      startMs: context.timings.serviceStartMs,
      clean: true,
    })),
    callForEvacuation: emit({ type: 'CALL_OPERATOR', step: 'evacuate-region' }),
  },
});
