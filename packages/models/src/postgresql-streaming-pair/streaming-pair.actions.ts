import { assign, emit, setup } from 'xstate';
import type { OfStep, StreamingPairContext, StreamingPairTypes } from './streaming-pair.contract.ts';

/** A dead process is started by the init system, which needs its own time to notice. */
const startMs = ({ timings }: StreamingPairContext): number => timings.restartNoticeMs + timings.engineStartMs;

/** What is known of a primary that nothing ails. */
export const primaryWell = { primaryStorageOk: true, primaryResponsive: true, primaryDown: false };

const mayBePromoted = ({ standbyUp, standbyStorageOk, standbyDiverged }: StreamingPairContext): boolean =>
  standbyUp && standbyStorageOk && !standbyDiverged;

/** The names that the chart uses, with what they mean. */
export const parts = setup({
  types: {} as StreamingPairTypes,
  delays: {
    detection: ({ context }) => context.timings.detectionMs,
    promotion: ({ context }) => context.timings.promotionMs,
    shutdown: ({ context }) => context.timings.shutdownMs,
    endpointUpdate: ({ context }) => context.timings.endpointUpdateMs,
    standbyRebuild: ({ context }) => context.timings.standbyRebuildMs,
  },
  guards: {
    commitsWait: ({ context }) => context.synchronous && !context.wentOnAlone,
    primaryIsIll: ({ context }) => !context.primaryStorageOk || !context.primaryResponsive,
    primaryIsDown: ({ context }) => context.primaryDown,
    isRunning: ({ event }) => event.running === true,
    standbyFollows: ({ context }) => context.standbyFollows,
    standbyLost: ({ context }) => !context.standbyFollows,
    standbyIsBack: ({ context }) => context.standbyFollows && context.wentOnAlone,
    standbyDiverged: ({ context }) => context.standbyDiverged,
    /** A former primary lacks what its successor acknowledged; a standby that is only cut off lacks little, and a person may decide for it. */
    standbyMayBePromoted: ({ context }) => mayBePromoted(context),
    isDone: ({ event }, { step }: OfStep) => event.step === step,
    promotionDecided: ({ context, event }) => event.step === 'promote-standby' && mayBePromoted(context),
    endpointIsElsewhere: ({ context }) => context.endpointAt !== context.primary,
  },
  actions: {
    adoptTimings: assign({
      timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings,
    }),
    notePrimary: assign(({ event }) => {
      switch (event.type) {
        case 'PRIMARY_STORAGE_FAILED':
        case 'PRIMARY_STORAGE_REPAIRED':
          return { primaryStorageOk: event.type === 'PRIMARY_STORAGE_REPAIRED' };
        case 'PRIMARY_UNRESPONSIVE':
        case 'PRIMARY_RESPONSIVE':
          return { primaryResponsive: event.type === 'PRIMARY_RESPONSIVE' };
        default:
          return { primaryDown: event.type === 'PRIMARY_CRASHED' };
      }
    }),
    notePrimaryStopped: assign({ primaryDown: true }),
    noteStandby: assign(({ context, event }) => {
      const failed = event.type === 'STANDBY_STORAGE_FAILED';
      const gone = event.type === 'STANDBY_UNREACHABLE' || event.type === 'STANDBY_CRASHED';
      const seen = event.type === 'STANDBY_REACHABLE' || (event.type !== 'STANDBY_UNREACHABLE' && context.standbySeen);
      // Of one that started unseen nobody knows whether it still runs, until it is seen to.
      const started = event.type === 'STANDBY_STARTED' && seen;
      const back = started || (event.type === 'STANDBY_REACHABLE' && event.running === true);
      const follows =
        event.type === 'STANDBY_CONNECTED' ||
        (event.type !== 'STANDBY_DISCONNECTED' && !gone && !failed && context.standbyFollows);
      return {
        standbySeen: seen,
        standbyUp: back || (!gone && context.standbyUp),
        standbyStorageOk: event.type === 'STANDBY_STORAGE_REPAIRED' || (!failed && context.standbyStorageOk),
        standbyFollows: follows,
      };
    }),
    /** Whoever makes a standby has it before their eyes. */
    noteStandbyMade: assign({ standbyDiverged: false, standbyStorageOk: true, standbySeen: true }),
    noteEndpoint: assign(({ context }) => ({ endpointAt: context.primary })),
    noteAlone: assign({ wentOnAlone: true }),
    noteTogether: assign({ wentOnAlone: false, standbyFollows: true }),
    swapRoles: assign(({ context }) => ({
      primary: context.standby,
      standby: context.primary,
      standbyUp: false,
      standbyStorageOk: context.primaryStorageOk,
      standbyFollows: false,
      standbyDiverged: true,
      wentOnAlone: true,
      ...primaryWell,
    })),

    startPrimary: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.primary,
      startMs: startMs(context),
    })),
    startPrimaryClean: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.primary,
      startMs: context.timings.engineStartMs,
      clean: true,
    })),
    stopPrimary: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.primary })),
    startStandby: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.standby,
      startMs: startMs(context),
    })),
    /** Whoever promotes a standby has to shut the old primary out first, or there are two. */
    shutOutPrimary: emit(({ context }) => ({ type: 'FENCE_NODE' as const, node: context.primary })),
    demotePrimary: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.primary,
      role: 'standby',
      readable: false,
      writable: false,
    })),
    promoteStandby: emit(({ context }) => ({ type: 'PROMOTE_NODE' as const, node: context.standby, role: 'primary' })),
    goOnAlone: emit({ type: 'SET_ACKS', acks: 0 }),
    requireStandby: emit(({ context }) => ({ type: 'SET_ACKS' as const, acks: context.synchronous ? 1 : 0 })),
    /** Onto whatever machine is at hand, in the same place. */
    replaceStandby: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.standby,
      volume: 'lost' as const,
    })),
    rebuildStandby: emit(({ context }) => ({ type: 'REBUILD_COPY' as const, node: context.standby })),
    openStandby: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.standby,
      role: 'standby',
      readable: true,
      writable: false,
    })),
    startRebuiltStandby: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.standby,
      startMs: context.timings.engineStartMs,
      clean: true,
    })),
    attachStandby: emit(({ context }) => ({ type: 'ATTACH_COPY' as const, node: context.standby })),
    repointEndpoint: emit(({ context }) => ({
      type: 'REPOINT_ENDPOINT' as const,
      endpoint: 'writer',
      nodes: [context.primary],
      propagationMs: context.timings.dnsPropagationMs,
    })),
    call: emit((_, { step }: OfStep) => ({ type: 'CALL_OPERATOR' as const, step })),
    dismiss: emit((_, { step }: OfStep) => ({ type: 'DISMISS_OPERATOR' as const, step })),
  },
});
