import { assign, emit, setup } from 'xstate';
import type { RdsInstanceEventId } from '../rds/rds-events.ts';
import type { SingleAzStep, SingleAzTypes } from './single-az.contract.ts';

/** What the names in the chart of a Single-AZ instance stand for. */
export const singleAzSetup = setup({
  types: {} as SingleAzTypes,
  delays: {
    detection: ({ context }) => context.timings.detectionMs,
    crashNotice: ({ context }) => context.timings.crashNoticeMs,
    hostReplacement: ({ context }) => context.timings.hostReplacementMs,
    patience: ({ context }) => context.timings.patienceMs,
    storageVerdict: ({ context }) => context.timings.storageVerdictMs,
    reboot: ({ context }) => context.timings.rebootMs,
    restore: ({ context }) => context.timings.restoreMs,
    rename: ({ context }) => context.timings.renameMs,
  },
  guards: {
    isRunning: ({ event }) => event.running === true,
    storageFailed: ({ context }) => !context.storageOk,
    isDown: ({ context }) => context.crashed,
    isUnresponsive: ({ context }) => !context.responsive,
    isStep: ({ event }, { step }: { step: SingleAzStep }) => event.step === step,
  },
  actions: {
    adoptTimings: assign({
      timings: ({ context, event }) => (event.timings as typeof context.timings | undefined) ?? context.timings,
    }),
    noteStorage: assign({ storageOk: ({ event }) => event.type !== 'INSTANCE_STORAGE_FAILED' }),
    noteResponse: assign({ responsive: ({ event }) => event.type !== 'INSTANCE_UNRESPONSIVE' }),
    noteCrash: assign({ crashed: true }),
    forgetCrash: assign({ crashed: false }),
    noteNewInstance: assign({ storageOk: true, responsive: true, crashed: false }),
    swapNames: assign(({ context }) => ({
      instance: context.restored,
      restored: context.instance,
      az: context.restoreAz,
      restoreAz: context.az,
    })),

    stopInstance: emit(({ context }) => ({ type: 'STOP_NODE' as const, node: context.instance })),
    startInstance: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.instance,
      startMs: context.timings.engineStartMs,
    })),
    startAfterShutdown: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.instance,
      startMs: context.timings.engineStartMs,
      clean: true,
    })),
    replaceHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.instance })),
    createRestored: emit(({ context }) => ({
      type: 'REPLACE_HOST' as const,
      node: context.restored,
      az: context.restoreAz,
      volume: 'lost' as const,
    })),
    replaceRestoredHost: emit(({ context }) => ({ type: 'REPLACE_HOST' as const, node: context.restored })),
    loadBackup: emit(({ context }) => ({ type: 'RESTORE_BACKUP' as const, node: context.restored, ageMs: 0 })),
    startRestored: emit(({ context }) => ({
      type: 'START_NODE' as const,
      node: context.restored,
      startMs: context.timings.engineStartMs,
      clean: true,
    })),
    retireInstance: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.instance,
      role: 'restored',
      readable: false,
      writable: false,
    })),
    discardInstance: emit(({ context }) => ({ type: 'DISCARD_NODE' as const, node: context.instance })),
    deleteDatabase: emit({ type: 'DELETE_DATABASE' as const }),
    openRestored: emit(({ context }) => ({
      type: 'SET_ROLE' as const,
      node: context.restored,
      role: 'instance',
      readable: true,
      writable: true,
    })),
    moveEndpoint: emit(({ context }) => ({
      type: 'REPOINT_ENDPOINT' as const,
      endpoint: 'instance',
      nodes: [context.restored],
      propagationMs: context.timings.dnsPropagationMs,
    })),
    callFor: emit((_, { step }: { step: SingleAzStep }) => ({ type: 'CALL_OPERATOR' as const, step })),
    dismiss: emit((_, { step }: { step: SingleAzStep }) => ({ type: 'DISMISS_OPERATOR' as const, step })),
    publish: emit(({ context }, { id }: { id: RdsInstanceEventId }) => ({
      type: 'PUBLISH_EVENT' as const,
      id,
      node: context.instance,
    })),
    publishRestored: emit(({ context }) => ({
      type: 'PUBLISH_EVENT' as const,
      id: 'RDS-EVENT-0019',
      node: context.instance,
      detail: context.restored,
    })),
  },
});
