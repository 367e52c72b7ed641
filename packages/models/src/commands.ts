/**
 * The vocabulary between charts and the engine. Charts emit commands; the engine carries them out on
 * the data plane and DNS, and answers with facts. Facts about a node are named after its role at that
 * moment: `PRIMARY_UNREACHABLE`, `READER_CRASHED` and so on.
 */

/** What a chart may order. Every `node` is a node id of the chart's own database. */
export type Command =
  /** Take writing away from a node, even from one that cannot be reached: its copies stop accepting its log. A reachable one is also shut down, unless it may go on serving reads (`reads: 'kept'`) until it is fenced once more. */
  | { readonly type: 'FENCE_NODE'; readonly node: string; readonly reads?: 'kept' }
  /** Stop the database process; connections are reset. */
  | { readonly type: 'STOP_NODE'; readonly node: string }
  /** Start the process: `startMs`, then crash recovery as long as the log demands (unless `clean`); answered by `<ROLE>_STARTED`. */
  | { readonly type: 'START_NODE'; readonly node: string; readonly startMs: number; readonly clean?: boolean }
  /** Give a node a new host in its AZ, or in `az`, with the volume of the old one or (`volume: 'lost'`) an empty one. */
  | { readonly type: 'REPLACE_HOST'; readonly node: string; readonly az?: string; readonly volume?: 'kept' | 'lost' }
  /** Give a node the data of a backup that is at least `ageMs` old, and no newer than the last upload of the log: what was acknowledged later is lost. Forks the log; read replicas stay behind with the old one. */
  | { readonly type: 'RESTORE_BACKUP'; readonly node: string; readonly ageMs: number }
  /** Make a node the writer of a new timeline that begins at its newest record. Does not start it. */
  | { readonly type: 'PROMOTE_NODE'; readonly node: string; readonly role: string }
  | {
      readonly type: 'SET_ROLE';
      readonly node: string;
      readonly role: string;
      readonly readable: boolean;
      readonly writable: boolean;
    }
  /** Change the authoritative answer; answered by `ENDPOINT_REPOINTED` once it is made (it waits while DNS cannot be changed). Servers agree `propagationMs` later. */
  | {
      readonly type: 'REPOINT_ENDPOINT';
      readonly endpoint: string;
      readonly nodes: readonly string[];
      readonly propagationMs: number;
    }
  /** A copy no longer counts for acknowledgement, and receives nothing. */
  | { readonly type: 'DETACH_COPY'; readonly node: string }
  /** A copy is being made again: the writer is slower until it is attached. */
  | { readonly type: 'REBUILD_COPY'; readonly node: string }
  /** A copy follows the writer from where it stands (a rebuilt one: from the writer's position); answered by `<ROLE>_IN_SYNC`. */
  | { readonly type: 'ATTACH_COPY'; readonly node: string }
  /** How many durable copies beside the writer's own have to hold a commit. */
  | { readonly type: 'SET_ACKS'; readonly acks: number }
  /**
   * Which of `nodes` holds the newest record, and which of those that hold it is least behind in applying? Answered by
   * `POSITIONS_COMPARED { newest, leastBehind, lacking }`, or `{ newest: null, lacking }` when none of `complete`, which
   * missed nothing, is left, or when even the newest is among those that lack what the writer acknowledged (`lacking`).
   */
  | { readonly type: 'COMPARE_POSITIONS'; readonly nodes: readonly string[]; readonly complete: readonly string[] }
  /** Ask these nodes whether `node` answers them in time; answered by `PEERS_ANSWERED { node, reachedBy }` with those that it answers. */
  | { readonly type: 'ASK_PEERS'; readonly node: string; readonly peers: readonly string[] }
  /** Tell me when all of these have applied all they received; answered by `CAUGHT_UP`. */
  | { readonly type: 'AWAIT_APPLY'; readonly nodes: readonly string[] }
  /** Shared volume: raise the epoch at a write quorum (`VOLUME_FENCED`: the former writer is shut out), read a read quorum, truncate (`VOLUME_RECOVERED`). It waits for both quorums. */
  | { readonly type: 'RECOVER_VOLUME'; readonly node: string; readonly recoveryMs: number }
  /** A new storage segment takes the place of a lost one and is filled from its peers; answered by `SEGMENT_REPLACED` (it waits for a read quorum of peers). */
  | { readonly type: 'REPLACE_SEGMENT'; readonly segment: string }
  /** A node ceases to exist, with its volume. It can be made again by `REPLACE_HOST` with `volume: 'lost'`. */
  | { readonly type: 'DISCARD_NODE'; readonly node: string }
  /** The database is no more: its nodes go with their volumes, its endpoints lose their addresses, and databases that follow it are told by `SOURCE_DELETED { region }`, the Region that it was in. */
  | { readonly type: 'DELETE_DATABASE' }
  /** Publish an event of the kind's catalogue. */
  | { readonly type: 'PUBLISH_EVENT'; readonly id: string; readonly node?: string; readonly detail?: string }
  /** A person has to act; answered by `OPERATOR_DONE { step }` after the step's reaction time. */
  | { readonly type: 'CALL_OPERATOR'; readonly step: string }
  /** The trouble is over: a person who was called and has not acted yet leaves it alone. */
  | { readonly type: 'DISMISS_OPERATOR'; readonly step: string };

/**
 * What a chart may be told. `node` is set on facts about a node.
 * `timings` holds durations drawn for this fact: one for each entry of the kind's timing table, in milliseconds.
 */
export interface Fact {
  readonly type: string;
  readonly node?: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly [detail: string]: unknown;
}

/** What the control plane's observer can tell of a node: suffixes of `<ROLE>_…` facts. */
export const NODE_OBSERVATIONS = [
  /** The host does not answer the observer: dead, silent, or cut off. */
  'UNREACHABLE',
  /** Carries `running`: whether the database process is up as well. */
  'REACHABLE',
  /** The process is gone while its host answers. */
  'CRASHED',
  /** The process has started and finished recovery. */
  'STARTED',
  /** The volume returns errors (or hangs) / works again. */
  'STORAGE_FAILED',
  'STORAGE_REPAIRED',
  /** It answers health checks too slowly to be of use / again in time. */
  'UNRESPONSIVE',
  'RESPONSIVE',
  /** The writer lost / regained its replication connection to this node (told by the writer, if the observer reaches that). */
  'DISCONNECTED',
  'CONNECTED',
  /** An attached copy has all that the writer has acknowledged. */
  'IN_SYNC',
  /** The writer from which a read replica's data comes, however many hops away, serves no longer / serves again, as seen from the replica's control plane. */
  'SOURCE_LOST',
  'SOURCE_BACK',
] as const;

/** Requests and answers that carry no role. */
export const PLAIN_FACTS = [
  'FAILOVER_REQUESTED',
  'REBOOT_REQUESTED',
  'REBOOT_WITH_FAILOVER_REQUESTED',
  'PROMOTION_REQUESTED',
  'RESTORE_REQUESTED',
  'EVACUATE_REQUESTED',
  'DELETE_REQUESTED',
  'ENDPOINT_REPOINTED',
  'POSITIONS_COMPARED',
  'PEERS_ANSWERED',
  'CAUGHT_UP',
  'VOLUME_FENCED',
  'VOLUME_RECOVERED',
  /** These carry `segment` and `protectionGroup`. */
  'SEGMENT_LOST',
  'SEGMENT_RETURNED',
  'SEGMENT_REPLACED',
  'OPERATOR_DONE',
  'SOURCE_DELETED',
  'REPLICATION_STOPPED',
  'REPLICATION_RESUMED',
] as const;
