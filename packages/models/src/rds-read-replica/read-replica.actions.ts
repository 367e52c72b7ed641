import { assign, emit, setup } from 'xstate';
import type { RdsInstanceEventId } from '../rds/rds-events.ts';
import type { ReadReplicaStep, ReadReplicaTypes } from './read-replica.contract.ts';

/** What the instance itself shows, under both of its roles. */
export const INFORMATIVE_FACTS = ['REPLICA', 'INSTANCE'].flatMap((role) =>
  ['REACHABLE', 'CRASHED', 'STARTED', 'STORAGE_FAILED', 'STORAGE_REPAIRED'].map((fact) => `${role}_${fact}`),
);

/** What the names in the chart of a read replica stand for. */
export const readReplicaSetup = setup({
  types: {} as ReadReplicaTypes,
  delays: {
    detection: ({ context }) => context.timings.detectionMs,
    crashNotice: ({ context }) => context.timings.crashNoticeMs,
    hostReplacement: ({ context }) => context.timings.hostReplacementMs,
    reboot: ({ context }) => context.timings.rebootMs,
    breakNotice: ({ context }) => context.timings.breakNoticeMs,
    replicationTimeout: ({ context }) => context.timings.replicationTimeoutMs,
    alarm: ({ context }) => context.timings.alarmMs,
    promotion: ({ context }) => context.timings.promotionMs,
  },
  guards: {
    storageFailed: ({ context }) => !context.storageOk,
    isDown: ({ context }) => context.down,
    isRunning: ({ event }) => event.running === true,
    /** PostgreSQL in another Region is left without a source; all others are promoted. */
    isPromotedWithoutSource: ({ context, event }) => context.engine !== 'postgres' || event.region === context.region,
    isStep: ({ event }, { step }: { step: ReadReplicaStep }) => event.step === step,
  },
  actions: {
    adoptTimings: assign({
      timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings,
    }),

    note: assign(({ event }) => {
      if (event.type.endsWith('_STORAGE_FAILED')) return { storageOk: false };
      if (event.type.endsWith('_STORAGE_REPAIRED')) return { storageOk: true };
      return { down: event.type.endsWith('_CRASHED') || event.running === false };
    }),

    stopNode: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.replica })),
    startNode: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.replica,
      startMs: context.timings.engineStartMs,
    })),
    startAfterShutdown: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.replica,
      startMs: context.timings.engineStartMs,
      clean: true,
    })),
    replaceHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.replica })),
    stopFollowing: emit(({ context }) => ({ type: 'DETACH_COPY' as const, node: context.replica })),
    follow: emit(({ context }) => ({ type: 'ATTACH_COPY' as const, node: context.replica })),
    deleteDatabase: emit({ type: 'DELETE_DATABASE' as const }),
    applyAll: emit(({ context }) => ({ type: 'AWAIT_APPLY' as const, nodes: [context.replica] })),
    promote: emit(({ context }) => ({ type: 'PROMOTE_NODE' as const, node: context.replica, role: 'instance' })),
    callFor: emit((_, { step }: { step: ReadReplicaStep }) => ({ type: 'CALL_OPERATOR' as const, step })),
    dismiss: emit((_, { step }: { step: ReadReplicaStep }) => ({ type: 'DISMISS_OPERATOR' as const, step })),
    publish: emit(({ context }, { id }: { id: RdsInstanceEventId }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: context.replica,
    })),
  },
});
