import { assign, emit, enqueueActions, setup } from 'xstate';
import type { RdsInstanceEventId } from '../rds/rds-events.ts';
import type { RestoreStep } from '../rds/restore.ts';
import type { MultiAzInstanceContext, MultiAzInstanceTypes } from './multi-az-instance.contract.ts';
import { meaningOf, withRolesSwapped } from './multi-az-instance.knowledge.ts';

const primaryIsWell = ({ primaryReachable, primaryStorageOk, primaryResponsive }: MultiAzInstanceContext) =>
  primaryReachable && primaryStorageOk && primaryResponsive;
const standbyIsWell = ({ standbyReachable, standbyStorageOk }: MultiAzInstanceContext) =>
  standbyReachable && standbyStorageOk;

/** What the names in the chart of a Multi-AZ instance stand for. */
export const multiAzInstanceSetup = setup({
  types: {} as MultiAzInstanceTypes,
  delays: {
    detection: ({ context }) => context.timings.detectionMs,
    crashNotice: ({ context }) => context.timings.crashNoticeMs,
    standbyDetach: ({ context }) => context.timings.standbyDetachMs,
    fencing: ({ context }) => context.timings.fencingMs,
    promotion: ({ context: { timings, standbyIsWarm } }) =>
      standbyIsWarm ? timings.promotionWarmMs : timings.promotionMs,
    endpointUpdate: ({ context }) => context.timings.endpointUpdateMs,
    completionNotice: ({ context }) => context.timings.completionNoticeMs,
    hostReplacement: ({ context }) => context.timings.hostReplacementMs,
    standbyRebuild: ({ context }) => context.timings.standbyRebuildMs,
    reboot: ({ context }) => context.timings.rebootMs,
    storageVerdict: ({ context }) => context.timings.storageVerdictMs,
    restore: ({ context }) => context.timings.restoreMs,
    rename: ({ context }) => context.timings.renameMs,
  },
  guards: {
    isRunning: ({ event }) => event.running === true,
    primaryIsDown: ({ context }) => context.primaryCrashed || context.primaryFenced,
    primaryIsWell: ({ context }) => primaryIsWell(context),
    primaryIsIll: ({ context }) => !primaryIsWell(context),
    primaryKeepsItsVolume: ({ context }) => context.primaryStorageOk,
    primaryLostItsVolume: ({ context }) => !context.primaryStorageOk,
    isStep: ({ event }, { step }: { step: RestoreStep }) => event.step === step,
    standbyIsWell: ({ context }) => standbyIsWell(context),
    standbyMayTakeOver: ({ context }) => context.standbyInSync && standbyIsWell(context),
    /** For the fact that brings it back: knowledge is updated only after guards were asked. */
    standbyWillBeWell: ({ context, event }) =>
      context.standbyInSync && standbyIsWell({ ...context, ...meaningOf(event) }),
    standbyInSync: ({ context }) => context.standbyInSync,
    standbyFollows: ({ context }) => context.standbyInSync && context.standbyConnected,
    endpointIsElsewhere: ({ context }) => context.endpointAt !== context.primary,
  },
  actions: {
    adoptTimings: assign({
      timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings,
    }),
    note: assign(({ event }) => meaningOf(event)),
    notePrimaryStopped: assign({ primaryCrashed: true }),
    notePrimaryFenced: assign({ primaryFenced: true }),
    noteStandbyStale: assign({ standbyInSync: false }),
    noteStandbyInSync: assign({ standbyInSync: true }),
    noteEndpoint: assign({ endpointAt: ({ context }) => context.primary }),
    swapRoles: assign(({ context }) => ({
      primary: context.standby,
      standby: context.primary,
      standbyIsWarm: true,
      ...withRolesSwapped(context),
    })),

    /** The old primary may still be read until the failover is announced. */
    fenceWrites: emit(({ context }) => ({
      type: 'FENCE_NODE' as const,
      node: context.primary,
      reads: 'kept' as const,
    })),
    fencePrimary: emit(({ context }) => ({ type: 'FENCE_NODE' as const, node: context.primary })),
    promoteStandby: emit(({ context }) => ({ type: 'PROMOTE_NODE' as const, node: context.standby, role: 'primary' })),
    demotePrimary: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.primary,
      role: 'standby',
      readable: false,
      writable: false,
    })),
    goOnAlone: emit({ type: 'SET_ACKS', acks: 0 }),
    requireStandby: emit({ type: 'SET_ACKS', acks: 1 }),
    detachStandby: emit(({ context }) => ({ type: 'DETACH_COPY' as const, node: context.standby })),
    rebuildStandby: emit(({ context }) => ({ type: 'REBUILD_COPY' as const, node: context.standby })),
    attachStandby: emit(({ context }) => ({ type: 'ATTACH_COPY' as const, node: context.standby })),
    noteStandbyCold: assign({ standbyIsWarm: false }),
    replaceStandbyHost: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.standby,
      volume: 'lost' as const,
    })),
    replacePrimaryHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.primary })),
    stopPrimary: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.primary })),
    /** Whoever is started may take writes again. */
    startPrimary: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'START_NODE', node: context.primary, startMs: context.timings.engineStartMs });
      enqueue.assign({ primaryFenced: false });
    }),
    startAfterShutdown: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'START_NODE', node: context.primary, startMs: context.timings.engineStartMs, clean: true });
      enqueue.assign({ primaryFenced: false });
    }),
    replaceByRestored: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.primary,
      az: context.restoreAz,
      volume: 'lost' as const,
    })),
    loadBackup: emit(({ context }) => ({ type: 'RESTORE_BACKUP' as const, node: context.primary, ageMs: 0 })),
    callFor: emit((_, { step }: { step: RestoreStep }) => ({ type: 'CALL_OPERATOR' as const, step })),
    dismiss: emit((_, { step }: { step: RestoreStep }) => ({ type: 'DISMISS_OPERATOR' as const, step })),
    deleteDatabase: emit({ type: 'DELETE_DATABASE' as const }),
    repointEndpoint: emit(({ context }) => ({
      type: 'REPOINT_ENDPOINT' as const,
      endpoint: 'instance',
      nodes: [context.primary],
      propagationMs: context.timings.dnsPropagationMs,
    })),
    publish: emit(({ context }, { id, detail }: { id: RdsInstanceEventId; detail?: string }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: context.primary,
      ...(detail === undefined ? {} : { detail }),
    })),
  },
});
