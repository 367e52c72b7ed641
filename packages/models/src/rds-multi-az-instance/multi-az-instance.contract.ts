import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { RestoreStep } from '../rds/restore.ts';
import type { MultiAzInstanceTiming } from './multi-az-instance.timings.ts';

/** Plain JSON from the layout. */
export interface MultiAzInstanceInput {
  readonly primary: string;
  readonly standby: string;
  /** Where a backup is restored. */
  readonly restoreAz: string;
}

/** What the control plane knows of the two hosts. */
export interface MultiAzInstanceKnowledge {
  readonly primaryReachable: boolean;
  readonly primaryStorageOk: boolean;
  readonly primaryResponsive: boolean;
  readonly primaryCrashed: boolean;
  /** It was told to take no writes: whatever its process does, it is of no use until it is started again. */
  readonly primaryFenced: boolean;
  readonly standbyReachable: boolean;
  readonly standbyStorageOk: boolean;
  /** The primary has a replication connection to the standby. */
  readonly standbyConnected: boolean;
  /** The standby holds every acknowledged write. Only then may it be promoted. */
  readonly standbyInSync: boolean;
}

export interface MultiAzInstanceContext extends MultiAzInstanceInput, MultiAzInstanceKnowledge {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<MultiAzInstanceTiming>;
  /** The node that the endpoint names. */
  readonly endpointAt: string;
  /** The standby's host has run the engine before: it takes over faster. */
  readonly standbyIsWarm: boolean;
}

type FactType =
  | `${'PRIMARY' | 'STANDBY'}_${'UNREACHABLE' | 'REACHABLE' | 'STORAGE_FAILED' | 'STORAGE_REPAIRED' | 'UNRESPONSIVE' | 'RESPONSIVE'}`
  | `PRIMARY_${'CRASHED' | 'STARTED'}`
  | `STANDBY_${'DISCONNECTED' | 'CONNECTED' | 'IN_SYNC'}`
  | 'REBOOT_REQUESTED'
  | 'REBOOT_WITH_FAILOVER_REQUESTED'
  | 'DELETE_REQUESTED'
  | 'ENDPOINT_REPOINTED'
  | 'OPERATOR_DONE';

export interface MultiAzInstanceFact extends Fact {
  readonly type: FactType;
  /** With PRIMARY_REACHABLE: whether the process is up as well. */
  readonly running?: boolean;
  /** With OPERATOR_DONE. */
  readonly step?: RestoreStep;
}

/** `writable`, `redundant` and `waiting-for-person` are for outsiders; `phase:…` names the part of an outage. */
export type MultiAzInstanceTag =
  | 'writable'
  | 'redundant'
  | 'waiting-for-person'
  | 'deleted'
  | `phase:${'detection' | 'decision' | 'promotion' | 'recovery' | 'endpoint-change'}`;

export interface MultiAzInstanceTypes {
  context: MultiAzInstanceContext;
  events: MultiAzInstanceFact;
  emitted: Command;
  input: MultiAzInstanceInput;
  tags: MultiAzInstanceTag;
}
