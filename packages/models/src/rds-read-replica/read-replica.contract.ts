import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { ReadReplicaTiming } from './read-replica.timings.ts';

/** Plain JSON from the layout. */
export interface ReadReplicaInput {
  readonly replica: string;
  readonly region: string;
  readonly engine: string;
}

export interface ReadReplicaContext extends ReadReplicaInput {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<ReadReplicaTiming>;
  readonly storageOk: boolean;
  /** Its process died or was found dead, and has not been seen to run since. */
  readonly down: boolean;
}

/** Steps that only the customer takes. */
export type ReadReplicaStep = 'promote-replica' | 'repoint-clients';

type Observation = 'UNREACHABLE' | 'REACHABLE' | 'CRASHED' | 'STARTED' | 'STORAGE_FAILED' | 'STORAGE_REPAIRED';

/** Facts about the node are named `REPLICA_…` until it is promoted, and `INSTANCE_…` from then on. */
export interface ReadReplicaFact extends Fact {
  readonly type:
    | `${'REPLICA' | 'INSTANCE'}_${Observation}`
    | `REPLICA_${'DISCONNECTED' | 'CONNECTED' | 'SOURCE_LOST' | 'SOURCE_BACK'}`
    | 'PROMOTE_REQUESTED'
    | 'STOP_REPLICATION_REQUESTED'
    | 'START_REPLICATION_REQUESTED'
    | 'REBOOT_REQUESTED'
    | 'DELETE_REQUESTED'
    | 'SOURCE_DELETED'
    | 'CAUGHT_UP'
    | 'OPERATOR_DONE';
  /** With REACHABLE: whether the process is up as well. */
  readonly running?: boolean;
  /** With SOURCE_DELETED: where the source was. */
  readonly region?: string;
  /** With OPERATOR_DONE. */
  readonly step?: ReadReplicaStep;
}

/** `writable`, `readable`, `redundant` and `waiting-for-person` are for outsiders; `phase:…` names the part of an outage. */
export type ReadReplicaTag =
  | 'writable'
  | 'readable'
  | 'redundant'
  | 'waiting-for-person'
  | 'deleted'
  | `phase:${'detection' | 'decision' | 'promotion' | 'recovery' | 'endpoint-change'}`;

export interface ReadReplicaTypes {
  context: ReadReplicaContext;
  events: ReadReplicaFact;
  emitted: Command;
  input: ReadReplicaInput;
  tags: ReadReplicaTag;
}
