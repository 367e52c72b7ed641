import { assign, emit, enqueueActions, setup } from 'xstate';
import type { RdsClusterEventId } from '../rds/rds-cluster-events.ts';
import type { RdsInstanceEventId } from '../rds/rds-events.ts';
import type { AuroraClusterContext, AuroraClusterFact, AuroraClusterTypes } from './aurora-cluster.contract.ts';
import { delays, guards, heirOf, nodeOf } from './aurora-cluster.guards.ts';
import {
  azElsewhere,
  azOf,
  bestHeir,
  customAnswers,
  isHealthy,
  mayStart,
  readerAnswers,
  readersOf,
  sameAnswers,
  serves,
  withFact,
  withView,
} from './aurora-cluster.views.ts';

const newTimings = (context: AuroraClusterContext, event: AuroraClusterFact) =>
  (event.timings as typeof context.timings | undefined) ?? context.timings;

/** The names that the chart uses, with what they mean. */
export const parts = setup({
  types: {} as AuroraClusterTypes,
  delays,
  guards,
  actions: {
    note: assign(({ context, event }) => ({ timings: newTimings(context, event), ...withFact(context, event) })),
    noteEndpoint: assign(({ context, event }) =>
      event.endpoint === 'writer' ? { endpointWriter: event.nodes?.[0] ?? context.writer } : {},
    ),
    adoptTimings: assign(({ context, event }) => ({ timings: newTimings(context, event) })),
    noteWriterStopped: assign(({ context }) => withView(context, context.writer, { running: false })),
    noteWriterFenced: assign(({ context }) => withView(context, context.writer, { running: false, fenced: true })),
    noteReaderStopped: assign(({ context, event }) => withView(context, nodeOf(context, event), { running: false })),
    noteWanted: assign(({ event }) => ({ wanted: event.node ?? null })),
    chooseHeir: assign(({ context }) => ({ heir: bestHeir(context), wanted: null })),
    countAttempt: assign(({ context }) => ({ attempts: context.attempts + 1, heir: null })),
    forgetAttempts: assign({ attempts: 0, heir: null }),
    /** The heir is the writer; its process is restarted for that. */
    swapRoles: assign(({ context }) => ({
      writer: heirOf(context),
      heir: context.writer,
      ...withView(context, heirOf(context), { running: false }),
    })),
    noteWriterMoved: assign(({ context }) => ({
      instances: context.instances.map((each) =>
        each.id === context.writer ? { ...each, az: azElsewhere(context) } : each,
      ),
    })),

    fenceWriter: emit(({ context }) => ({ type: 'FENCE_NODE' as const, node: context.writer })),
    stopWriter: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.writer })),
    /** Whoever is started is shut out no longer; it serves once it says that it has started. */
    startWriter: enqueueActions(({ context, enqueue }) => {
      enqueue.emit({ type: 'START_NODE', node: context.writer, startMs: context.timings.engineStartMs });
      enqueue.assign(withView(context, context.writer, { fenced: false }));
    }),
    recoverForWriter: emit(({ context }) => ({
      type: 'RECOVER_VOLUME' as const,
      node: context.writer,
      recoveryMs: context.timings.volumeRecoveryMs,
    })),
    recoverForHeir: emit(({ context }) => ({
      type: 'RECOVER_VOLUME' as const,
      node: heirOf(context),
      recoveryMs: context.timings.volumeRecoveryMs,
    })),
    demoteWriter: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.writer,
      role: 'reader',
      readable: true,
      writable: false,
    })),
    stopHeir: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: heirOf(context) })),
    promoteHeir: emit(({ context }) => ({ type: 'PROMOTE_NODE' as const, node: heirOf(context), role: 'writer' })),
    replaceWriterHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.writer })),
    createElsewhere: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.writer,
      az: azElsewhere(context),
    })),
    callOperator: emit({ type: 'CALL_OPERATOR' as const, step: 'create-instance' }),
    repointEndpoints: enqueueActions(({ context, enqueue }) => {
      const propagationMs = context.timings.dnsPropagationMs;
      enqueue.emit({ type: 'REPOINT_ENDPOINT', endpoint: 'writer', nodes: [context.writer], propagationMs });
      for (const custom of context.customEndpoints) {
        const nodes = customAnswers(context.writer, custom);
        if (sameAnswers(nodes, customAnswers(context.endpointWriter, custom))) continue;
        enqueue.emit({ type: 'REPOINT_ENDPOINT', endpoint: custom.id, nodes, propagationMs });
      }
    }),
    repointReaders: enqueueActions(({ context, enqueue }) => {
      const nodes = readerAnswers(context);
      enqueue.cancel('reader-list');
      if (sameAnswers(nodes, context.endpointReaders)) return;
      enqueue.assign({ endpointReaders: nodes });
      enqueue.emit({
        type: 'REPOINT_ENDPOINT',
        endpoint: 'reader',
        nodes,
        propagationMs: context.timings.dnsPropagationMs,
      });
    }),

    /** A new host for a reader that is lost, a new process for one that is down. */
    careForReader: enqueueActions(({ context, event, enqueue }) => {
      const node = nodeOf(context, event);
      enqueue.cancel(`restart/${node}`);
      enqueue.cancel(`replace/${node}`);
      const { hostReplacementMs, crashNoticeMs } = context.timings;
      if (!isHealthy(context, node))
        enqueue.raise(
          { type: 'READER_REPLACEMENT_DUE', node, timings: context.timings },
          { id: `replace/${node}`, delay: hostReplacementMs },
        );
      else if (mayStart(context, node))
        enqueue.raise(
          { type: 'READER_RESTART_DUE', node, timings: context.timings },
          { id: `restart/${node}`, delay: crashNoticeMs },
        );
    }),
    /** The former writer, if it can be reached, comes back as a reader at once: `heir` names it after the roles are swapped. */
    careForFormerWriter: enqueueActions(({ context, enqueue }) => {
      const node = heirOf(context);
      const { hostReplacementMs, readerStartMs } = context.timings;
      const starts = isHealthy(context, node);
      if (starts) enqueue.emit({ type: 'START_NODE', node, startMs: readerStartMs });
      else
        enqueue.raise(
          { type: 'READER_REPLACEMENT_DUE', node, timings: context.timings },
          { id: `replace/${node}`, delay: hostReplacementMs },
        );
      enqueue.assign(withView(context, node, starts ? { running: false, fenced: false } : { running: false }));
    }),
    /** Versions without survivable readers restart all of them with the writer. */
    restartOtherReaders: enqueueActions(({ context, enqueue }) => {
      if (context.readersSurvive) return;
      const { readerStartMs } = context.timings;
      for (const { id } of readersOf(context))
        if (id !== context.heir && serves(context, id))
          enqueue.emit({ type: 'START_NODE', node: id, startMs: readerStartMs });
    }),
    stopReader: emit(({ context, event }) => ({ type: 'STOP_NODE' as const, node: nodeOf(context, event) })),
    startReader: enqueueActions(({ context, event, enqueue }) => {
      const node = nodeOf(context, event);
      enqueue.emit({ type: 'START_NODE', node, startMs: context.timings.readerStartMs });
      enqueue.assign(withView(context, node, { fenced: false }));
    }),
    replaceReaderHost: emit(({ context, event }) => ({ type: 'REPLACE_HOST' as const, node: nodeOf(context, event) })),
    restartAfterReboot: enqueueActions(({ context, event, enqueue }) => {
      const node = nodeOf(context, event);
      enqueue.raise(
        { type: 'READER_RESTART_DUE', node, timings: context.timings },
        { id: `restart/${node}`, delay: context.timings.rebootMs },
      );
    }),
    /** The reader endpoint will have to answer something else, unless that is over before it is noticed. */
    reviseReaderList: enqueueActions(({ context, enqueue }) => {
      enqueue.cancel('reader-list');
      if (sameAnswers(readerAnswers(context), context.endpointReaders)) return;
      enqueue.raise(
        { type: 'READER_LIST_DUE', timings: context.timings },
        { id: 'reader-list', delay: context.timings.readerListingMs },
      );
    }),

    orderRepair: enqueueActions(({ event, enqueue }) => {
      const { segmentDetectionMs = Number.NaN, segmentRepairMs = Number.NaN } = event.timings;
      enqueue.raise(
        { type: 'SEGMENT_REPAIR_DUE', segment: event.segment ?? '', timings: event.timings },
        { id: `repair/${event.segment}`, delay: segmentDetectionMs + segmentRepairMs },
      );
    }),
    callRepairOff: enqueueActions(({ event, enqueue }) => enqueue.cancel(`repair/${event.segment}`)),
    replaceSegment: emit(({ event }) => ({ type: 'REPLACE_SEGMENT' as const, segment: event.segment ?? '' })),

    publishOfWriter: emit(({ context }, { id }: { id: RdsClusterEventId | RdsInstanceEventId }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: context.writer,
    })),
    publishOfReader: emit(({ context, event }, { id }: { id: RdsInstanceEventId }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: nodeOf(context, event),
    })),
    publishStart: emit(({ context }) => {
      const sameAz = azOf(context, heirOf(context)) === azOf(context, context.writer);
      return {
        type: 'PUBLISH_EVENT' as const,
        id: sameAz ? 'RDS-EVENT-0072' : 'RDS-EVENT-0073',
        node: heirOf(context),
      };
    }),
  },
});
