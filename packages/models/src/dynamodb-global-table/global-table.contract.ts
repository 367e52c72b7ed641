import type { Command, Fact } from '../commands.ts';
import type { DrawnTimings } from '../kind.ts';
import type { GlobalTableTiming } from './global-table.timings.ts';

/** Plain JSON from the layout: one Region of the table. */
export interface GlobalTableInput {
  /** The node that stands for the Region's endpoint. */
  readonly service: string;
  /** The three storage replicas, in three AZs. */
  readonly members: readonly string[];
  /** The log replica that does not exist until a storage replica is lost. */
  readonly logReplica: string;
  /** AZs of the storage replicas, in their order. */
  readonly azs: readonly string[];
}

export interface GlobalTableContext extends GlobalTableInput {
  /** NaN until a fact has brought them. */
  readonly timings: DrawnTimings<GlobalTableTiming>;
  readonly leader: string;
  /** Storage replicas that do not count at present. */
  readonly lost: readonly string[];
  /** Storage replicas that the group went on without, and that have not taken over since what they missed. */
  readonly behind: readonly string[];
  /** Storage replicas that the control plane does not reach. */
  readonly unseen: readonly string[];
  /** Storage replicas whose volume returns errors, and the service where that of its host does, whether they run or not. */
  readonly storageFailed: readonly string[];
  /** The same for what answers too slowly to be of use. */
  readonly slow: readonly string[];
  /** The log replica is part of the group. */
  readonly logReplicaCounts: boolean;
}

type Health =
  | 'UNREACHABLE'
  | 'REACHABLE'
  | 'CRASHED'
  | 'STARTED'
  | 'STORAGE_FAILED'
  | 'STORAGE_REPAIRED'
  | 'UNRESPONSIVE'
  | 'RESPONSIVE';
type FactType =
  | `${'LEADER' | 'FOLLOWER' | 'REPLICA' | 'LOG_REPLICA'}_${Health}`
  | `${'LEADER' | 'FOLLOWER'}_IN_SYNC`
  | 'PEERS_ANSWERED'
  | 'EVACUATE_REQUESTED';

export interface GlobalTableFact extends Fact {
  readonly type: FactType;
  /** With REACHABLE: whether the process is up as well. */
  readonly running?: boolean;
  /** With PEERS_ANSWERED: the peers that the leader answers. */
  readonly reachedBy?: readonly string[];
}

/** `writable` and `redundant` are for outsiders; `phase:…` names the part of an outage. */
export type GlobalTableTag = 'writable' | 'redundant' | 'waiting-for-person' | `phase:${'promotion' | 'recovery'}`;

export interface GlobalTableTypes {
  context: GlobalTableContext;
  events: GlobalTableFact;
  emitted: Command;
  input: GlobalTableInput;
  tags: GlobalTableTag;
}
