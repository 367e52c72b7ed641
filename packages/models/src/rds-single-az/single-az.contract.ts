import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { RestoreStep } from '../rds/restore.ts';
import type { SingleAzTiming } from './single-az.timings.ts';

/** Plain JSON from the layout. */
export interface SingleAzInput {
  readonly instance: string;
  /** The name that a restored instance gets. It does not exist until then. */
  readonly restored: string;
  /** AZ of the instance, and the one that a restore goes to. */
  readonly az: string;
  readonly restoreAz: string;
}

export interface SingleAzContext extends SingleAzInput {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<SingleAzTiming>;
  readonly storageOk: boolean;
  readonly responsive: boolean;
  /** The process is down, and nobody has started it yet. */
  readonly crashed: boolean;
}

/** Steps that only the customer takes. */
export type SingleAzStep = 'reboot-instance' | RestoreStep;

export interface SingleAzFact extends Fact {
  readonly type:
    | `INSTANCE_${'UNREACHABLE' | 'REACHABLE' | 'CRASHED' | 'STARTED' | 'STORAGE_FAILED' | 'STORAGE_REPAIRED' | 'UNRESPONSIVE' | 'RESPONSIVE'}`
    | `RESTORED_${'REACHABLE' | 'UNREACHABLE' | 'CRASHED' | 'STARTED'}`
    | 'REBOOT_REQUESTED'
    | 'DELETE_REQUESTED'
    | 'OPERATOR_DONE'
    | 'ENDPOINT_REPOINTED';
  /** With INSTANCE_REACHABLE: whether the process is up as well. */
  readonly running?: boolean;
  /** With OPERATOR_DONE. */
  readonly step?: SingleAzStep;
}

/** `writable`, `readable` and `waiting-for-person` are for outsiders; `phase:…` names the part of an outage. */
export type SingleAzTag =
  | 'writable'
  | 'readable'
  | 'waiting-for-person'
  | 'deleted'
  | `phase:${'detection' | 'decision' | 'recovery' | 'endpoint-change'}`;

export interface SingleAzTypes {
  context: SingleAzContext;
  events: SingleAzFact;
  emitted: Command;
  input: SingleAzInput;
  tags: SingleAzTag;
}
