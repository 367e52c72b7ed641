import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { StreamingPairTiming } from './streaming-pair.timings.ts';

/** `synchronous_commit`: what a commit waits for. `off` and `local` leave the standby asynchronous. */
export const SYNCHRONOUS_COMMIT = ['off', 'local', 'remote_write', 'on', 'remote_apply'] as const;
export type SynchronousCommit = (typeof SYNCHRONOUS_COMMIT)[number];

/** Whether a commit waits for the standby. */
export function isSynchronous(mode: SynchronousCommit): boolean {
  return mode !== 'off' && mode !== 'local';
}

/** Plain JSON from the layout. */
export interface StreamingPairInput {
  readonly primary: string;
  readonly standby: string;
  readonly synchronous: boolean;
}

export interface StreamingPairContext extends StreamingPairInput {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<StreamingPairTiming>;
  /** Whoever watches reaches the standby's host; not kept for one that diverged. */
  readonly standbySeen: boolean;
  /** The standby's host answers, and its process runs. */
  readonly standbyUp: boolean;
  readonly standbyStorageOk: boolean;
  /** The standby receives the log. */
  readonly standbyFollows: boolean;
  /** A former primary: its history went another way, so that it has to be made again before it can follow. */
  readonly standbyDiverged: boolean;
  /** Commits no longer wait for the standby, whatever the mode says, until it is back in sync. */
  readonly wentOnAlone: boolean;
  /** The server that the writer endpoint names. */
  readonly endpointAt: string;
  /** What ails the primary, also while something else is being settled. */
  readonly primaryStorageOk: boolean;
  readonly primaryResponsive: boolean;
  /** Its process died, and has not been seen to run since. */
  readonly primaryDown: boolean;
}

type Observation =
  | 'UNREACHABLE'
  | 'REACHABLE'
  | 'CRASHED'
  | 'STARTED'
  | 'STORAGE_FAILED'
  | 'STORAGE_REPAIRED'
  | 'UNRESPONSIVE'
  | 'RESPONSIVE';

export interface StreamingPairFact extends Fact {
  readonly type:
    | `${'PRIMARY' | 'STANDBY'}_${Observation}`
    | `STANDBY_${'DISCONNECTED' | 'CONNECTED' | 'IN_SYNC'}`
    | 'PROMOTE_REQUESTED'
    | 'RESTART_REQUESTED'
    | 'OPERATOR_DONE'
    | 'ENDPOINT_REPOINTED';
  /** With `…_REACHABLE`: whether the process is up as well. */
  readonly running?: boolean;
  /** With OPERATOR_DONE. */
  readonly step?: StreamingPairStep;
}

/** What a person has to do. */
export type StreamingPairStep = 'promote-standby' | 'drop-synchronous-standby' | 'rebuild-standby';

/** Parameter of what the chart names for several steps. */
export interface OfStep {
  readonly step: StreamingPairStep;
}

/** `writable`, `redundant` and `waiting-for-person` are for outsiders; `phase:…` names the part of an outage. */
export type StreamingPairTag =
  | 'writable'
  | 'redundant'
  | 'waiting-for-person'
  | `phase:${'detection' | 'decision' | 'promotion' | 'recovery' | 'endpoint-change'}`;

export interface StreamingPairTypes {
  context: StreamingPairContext;
  events: StreamingPairFact;
  emitted: Command;
  input: StreamingPairInput;
  tags: StreamingPairTag;
}
