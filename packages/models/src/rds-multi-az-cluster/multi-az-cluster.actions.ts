import { assign, emit, enqueueActions, setup } from 'xstate';
import type { RdsClusterEventId } from '../rds/rds-cluster-events.ts';
import type { RdsInstanceEventId } from '../rds/rds-events.ts';
import type { InSlot, MultiAzClusterContext, MultiAzClusterTypes } from './multi-az-cluster.contract.ts';
import {
  candidates,
  decisive,
  follows,
  isHealthy,
  isWhole,
  newerMayHoldAll,
  readerAnswers,
  serves,
  viewOf,
  withFact,
  withLacking,
  withRolesSwapped,
  withView,
} from './multi-az-cluster.views.ts';

const reader = (context: MultiAzClusterContext, { slot }: InSlot): string => context.readers[slot];

/** The names that the chart uses, with what they mean. */
export const parts = setup({
  types: {} as MultiAzClusterTypes,
  delays: {
    detection: ({ context }) => context.timings.detectionMs,
    crashNotice: ({ context }) => context.timings.crashNoticeMs,
    decision: ({ context }) => context.timings.decisionMs,
    promotion: ({ context }) => context.timings.promotionMs,
    endpointUpdate: ({ context }) => context.timings.endpointUpdateMs,
    readerRemoval: ({ context }) => context.timings.readerRemovalMs,
    hostReplacement: ({ context }) => context.timings.hostReplacementMs,
    readerRebuild: ({ context }) => context.timings.readerRebuildMs,
    reboot: ({ context }) => context.timings.rebootMs,
    restore: ({ context }) => context.timings.restoreMs,
  },
  guards: {
    writerServes: ({ context }) => serves(context, context.writer),
    writerLost: ({ context }) => !serves(context, context.writer),
    writerAils: ({ context }) => !isHealthy(context, context.writer),
    writerMayStart: ({ context }) => isHealthy(context, context.writer) && !viewOf(context, context.writer).running,
    someReaderFollows: ({ context }) => context.readers.some((each) => follows(context, each)),
    noReaderFollows: ({ context }) => !context.readers.some((each) => follows(context, each)),
    allWell: ({ context }) => isWhole(context),
    somethingLacks: ({ context }) => !isWhole(context),
    someoneMayTakeOver: ({ context }) => candidates(context).length > 0,
    newerMayHoldAll: ({ context }) => newerMayHoldAll(context),
    someoneIsElected: ({ event }) => typeof event.newest === 'string',
    someoneInvolvedIsLost: ({ context }) => context.applying.some((each) => !serves(context, each)),
    isWriterEndpoint: ({ event }) => event.endpoint === 'writer',
    isOfWriter: ({ context, event }) => event.node === undefined || event.node === context.writer,
    isOfReader: ({ context, event }, slot: InSlot) => event.node === reader(context, slot),
    readerServes: ({ context }, slot: InSlot) => serves(context, reader(context, slot)),
    readerLost: ({ context }, slot: InSlot) => !serves(context, reader(context, slot)),
    readerAils: ({ context }, slot: InSlot) => !isHealthy(context, reader(context, slot)),
    readerMayStart: ({ context }, slot: InSlot) =>
      isHealthy(context, reader(context, slot)) && !viewOf(context, reader(context, slot)).running,
    readerIsEmpty: ({ context }, slot: InSlot) =>
      isHealthy(context, reader(context, slot)) && viewOf(context, reader(context, slot)).empty,
    readerIsBehind: ({ context }, slot: InSlot) => context.lacking.includes(reader(context, slot)),
    readerIsListed: ({ context }, slot: InSlot) => viewOf(context, reader(context, slot)).listed,
    /** Never while the writer is lost: this host may hold the last copy of a write. */
    readerMayBeReplaced: ({ context }, slot: InSlot) =>
      serves(context, context.writer) &&
      viewOf(context, reader(context, slot)).ailments.some((ailment) => ailment !== 'unresponsive'),
  },
  actions: {
    note: assign(({ context, event }) => ({
      ...withFact(context, event),
      timings: (event.timings as typeof context.timings | undefined) ?? context.timings,
    })),
    adoptTimings: assign(({ context, event }) => ({ timings: event.timings as typeof context.timings })),
    noteWriterStopped: assign(({ context }) => withView(context, context.writer, { running: false })),
    noteWriterFenced: assign(({ context }) => withView(context, context.writer, { running: false, fenced: true })),
    noteReaderStopped: assign(({ context }, slot: InSlot) =>
      withView(context, reader(context, slot), { running: false }),
    ),
    noteReaderListed: assign(({ context }, slot: InSlot) => withView(context, reader(context, slot), { listed: true })),
    noteReaderUnlisted: assign(({ context }, slot: InSlot) =>
      withView(context, reader(context, slot), { listed: false }),
    ),
    noteReaderEmpty: assign(({ context }, slot: InSlot) =>
      withView(context, reader(context, slot), { empty: true, complete: false, fed: false }),
    ),

    fenceWriter: emit(({ context }) => ({ type: 'FENCE_NODE' as const, node: context.writer })),
    stopWriter: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.writer })),
    /** Whoever is started may take writes again; it serves once it says that it has started. */
    startWriter: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'START_NODE', node: context.writer, startMs: context.timings.engineStartMs });
      enqueue.assign(withView(context, context.writer, { fenced: false }));
    }),
    /** All that run are asked: one that seems to have missed commits, but holds as much as one that did not, is as good. */
    comparePositions: emit(({ context }) => ({
      type: 'COMPARE_POSITIONS' as const,
      nodes: context.readers.filter((each) => serves(context, each)),
      complete: decisive(context),
    })),
    /** MySQL: the newest record wins and both readers have to apply. PostgreSQL: the least behind of those that hold it, alone. */
    elect: assign(({ context, event }) => {
      const heir = (context.engine === 'mysql' ? event.newest : event.leastBehind) ?? null;
      const applying =
        context.engine === 'mysql'
          ? context.readers.filter((each) => serves(context, each))
          : context.readers.filter((each) => each === heir);
      return { heir, applying };
    }),
    awaitApply: emit(({ context }) => ({ type: 'AWAIT_APPLY' as const, nodes: context.applying })),
    demoteWriter: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.writer,
      role: 'reader',
      readable: true,
      writable: false,
    })),
    promoteHeir: emit(({ context }) => ({
      type: 'PROMOTE_NODE' as const,
      node: context.heir ?? context.writer,
      role: 'writer',
    })),
    /** Even the newest of those that were asked lacks something: they may not be promoted until they have caught up. */
    noteLacking: assign(({ context, event }) => withLacking(context, event.lacking ?? [])),
    forgetLacking: assign({ lacking: [] }),
    swapRoles: assign(({ context }) => withRolesSwapped(context)),
    /** Those that the old writer had stopped feeding are attached when the new one feeds them. */
    attachReaders: enqueueActions(({ context, enqueue }) => {
      for (const node of context.readers) if (follows(context, node)) enqueue.emit({ type: 'ATTACH_COPY', node });
    }),
    repointWriterEndpoint: emit(({ context }) => ({
      type: 'REPOINT_ENDPOINT' as const,
      endpoint: 'writer',
      nodes: [context.writer],
      propagationMs: context.timings.dnsPropagationMs,
    })),
    repointReaderEndpoint: emit(({ context }) => ({
      type: 'REPOINT_ENDPOINT' as const,
      endpoint: 'reader',
      nodes: readerAnswers(context),
      propagationMs: context.timings.dnsPropagationMs,
    })),
    /** Service is back, or nothing is left to restore: whoever was called leaves it alone. */
    dismissRestore: emit({ type: 'DISMISS_OPERATOR' as const, step: 'restore-cluster' }),
    stopMembers: enqueueActions(({ context, enqueue }) => {
      for (const node of [context.writer, ...context.readers]) enqueue.emit({ type: 'STOP_NODE', node });
    }),
    deleteDatabase: emit({ type: 'DELETE_DATABASE' as const }),
    callForRestore: emit({ type: 'CALL_OPERATOR' as const, step: 'restore-cluster' }),
    replaceWriterHost: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.writer,
      volume: 'lost' as const,
    })),
    restoreBackup: emit(({ context }) => ({ type: 'RESTORE_BACKUP' as const, node: context.writer, ageMs: 0 })),

    stopReader: emit(({ context }, slot: InSlot) => ({ type: 'STOP_NODE' as const, node: reader(context, slot) })),
    startReader: enqueueActions(({ context, enqueue }, slot: InSlot) => {
      const node = reader(context, slot);
      enqueue.emit({ type: 'START_NODE', node, startMs: context.timings.engineStartMs });
      enqueue.assign(withView(context, node, { fenced: false }));
    }),
    startEmptyReader: enqueueActions(({ context, enqueue }, slot: InSlot) => {
      const node = reader(context, slot);
      enqueue.emit({ type: 'START_NODE', node, startMs: context.timings.engineStartMs, clean: true });
      enqueue.assign(withView(context, node, { fenced: false }));
    }),
    attachReader: emit(({ context }, slot: InSlot) => ({ type: 'ATTACH_COPY' as const, node: reader(context, slot) })),
    detachReader: emit(({ context }, slot: InSlot) => ({ type: 'DETACH_COPY' as const, node: reader(context, slot) })),
    rebuildReader: emit(({ context }, slot: InSlot) => ({
      type: 'REBUILD_COPY' as const,
      node: reader(context, slot),
    })),
    replaceReaderHost: emit(({ context }, slot: InSlot) => ({
      type: 'REPLACE_HOST' as const,
      node: reader(context, slot),
      volume: 'lost' as const,
    })),

    publishOfWriter: emit(({ context }, { id }: { id: RdsClusterEventId | RdsInstanceEventId }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: context.writer,
    })),
    publishOfMembers: enqueueActions(({ context, enqueue }, { id }: { id: RdsInstanceEventId }) => {
      for (const node of [context.writer, ...context.readers]) enqueue.emit({ type: 'PUBLISH_EVENT', id, node });
    }),
    publishOfHeir: emit(({ context }, { id }: { id: RdsClusterEventId }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: context.heir ?? context.writer,
    })),
    publishOfReader: emit(({ context }, { id, slot }: { id: RdsInstanceEventId } & InSlot) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: reader(context, { slot }),
    })),
  },
});
