import type { Quantity } from './citation.ts';
import type { TransactionRules } from './transaction-rules.ts';

/**
 * How a database keeps its copies: the rules that the data plane knows. A kind chooses one and sets its
 * numbers; a new kind needs a new rule only if its data really moves in a new way.
 */
export type ReplicationLayout = LogReplication | FollowerReplication | LastWriterWinsReplication | JournalReplication;

/** A log-shipping stream from the current writer to one copy. */
export interface StreamLayout {
  /** Node that receives, or a storage segment's id. */
  readonly to: string;
  readonly az: string;
  readonly region: string;
  /** Counts towards the acknowledgement of a commit. */
  readonly durable: boolean;
  /** The receiver applies what it receives and can serve it (a storage mirror does not). */
  readonly replays: boolean;
  /** For sharded volumes: the protection group that this segment belongs to. */
  readonly shard?: number;
  /** A segment that holds the log and no data blocks: nothing can be rebuilt from such segments alone. All full ones of a shard are a write quorum too. */
  readonly tail?: true;
}

/** What has become of an entry at a copy when that copy tells the writer. */
export type AcknowledgedWhen = 'written' | 'flushed' | 'applied';

/** What crash recovery has to redo. */
export interface RecoveryLayout {
  /** Time between checkpoints, in seconds. */
  readonly checkpointInterval: Quantity;
  readonly redoRate: Quantity;
  /** Log per second whose changes the checkpoint at the end of recovery writes back before the first write; absent: `redoRate` has it in it. */
  readonly endCheckpointRate?: Quantity;
  readonly bytesPerWrite: Quantity;
  /** Log that other work writes beside the simulated operations, in bytes per second. */
  readonly backgroundLog: Quantity;
}

/** One writer, one log, any number of copies. */
export interface LogReplication {
  readonly rule: 'log';
  readonly writer: string;
  /** `own`: the writer flushes to its own volume first. `shared`: only the streams' copies hold the data. */
  readonly volume: 'own' | 'shared';
  readonly streams: readonly StreamLayout[];
  /** Durable streams that have to hold an entry before it is acknowledged (per shard; where there are tails, all full ones are enough). */
  readonly acks: number;
  /** Copies that a recovery has to read (per shard), a full one among them; only for a shared volume. */
  readonly readQuorum?: number;
  readonly shards?: number;
  /** Local flush of a commit, in microseconds. */
  readonly flush: Quantity;
  /** Time to apply one entry at a replaying receiver, in microseconds. */
  readonly apply: Quantity;
  /** Factor on write latency while a copy is rebuilt. */
  readonly rebuildSlowdown: Quantity;
  readonly recovery: RecoveryLayout;
  /** When a copy answers the writer: once its operating system has an entry, its disk does, or it has applied it. Absent: `flushed`. */
  readonly acknowledgedWhen?: AcknowledgedWhen;
  /**
   * Each copy flushes one batch of entries at a time, and what comes meanwhile waits: PostgreSQL's WAL receiver is one
   * process. Absent: the flushes of neighbours overlap, as in a storage server.
   */
  readonly copiesFlush?: 'in-batches';
  /** A commit does not wait for the writer's own flush: the log is flushed in rounds this long apart, in microseconds. Absent: it waits. */
  readonly flushRounds?: Quantity;
  /** Read replicas of this database are fed by its copies instead of its writer. */
  readonly followersReadFrom?: 'copies';
  /** Time between uploads of the log to the backup, in seconds; absent where the backup is continuous. */
  readonly logUploadInterval?: Quantity;
  /** Receivers further behind than this make the writer slow down, in seconds; absent when there is no flow control. */
  readonly flowControlLag?: Quantity;
  /** How its engine runs transactions of several statements; absent where that is not modelled. */
  readonly transactions?: TransactionRules;
}

/** An asynchronous copy of another database of the scenario, until it is promoted. */
export interface FollowerReplication {
  readonly rule: 'follower';
  /** Database that it follows: any kind with a log, or another follower. */
  readonly source: string;
  readonly node: string;
  readonly apply: Quantity;
  readonly flush: Quantity;
  readonly recovery: RecoveryLayout;
  /** As for a log of its own: readers of a replica ask for transactions too. */
  readonly transactions?: TransactionRules;
}

/** A node that serves clients out of several members: it takes writes only while their leader works and reaches enough of them. */
export interface StorageGroupLayout {
  /** The node that clients talk to. */
  readonly serves: string;
  /** Nodes that hold the data. Reads that may be stale need one of them. */
  readonly members: readonly string[];
  /** A member that holds only the log. It counts for the quorum while it is attached, which it is not at the start. */
  readonly spare: string;
  /** The role of the member through which all writes and strong reads go. */
  readonly leaderRole: string;
  /** Attached members, the leader among them, that have to work for a write. */
  readonly writeQuorum: number;
}

/** Every node takes writes; each ships its own log to all others; the greater timestamp wins per item. */
export interface LastWriterWinsReplication {
  readonly rule: 'last-writer-wins';
  /** One node per Region. */
  readonly nodes: readonly string[];
  /** What the nodes are made of; none for nodes that keep their data themselves. */
  readonly groups: readonly StorageGroupLayout[];
  /** Local commit, in microseconds. */
  readonly commit: Quantity;
  /** Replication delay between two Regions on top of the network, as a distribution's name in the kind's timings. */
  readonly delayTiming: string;
  /** Entries per second that one Region sends to another at the most: how fast a backlog drains. */
  readonly drainRate: Quantity;
  /** Clock error of a Region against true time, at the most, in microseconds. */
  readonly clockError: Quantity;
}

/** A journal over Regions: acknowledged when `acks` other members hold it; conflicting writers are rejected. */
export interface JournalReplication {
  readonly rule: 'journal';
  readonly nodes: readonly string[];
  /** Members without a node: they hold the journal and serve nobody. */
  readonly witnesses: readonly { readonly id: string; readonly region: string }[];
  /** What the nodes are made of; none for nodes that keep their data themselves. */
  readonly groups: readonly StorageGroupLayout[];
  readonly acks: number;
  /** Local part of a commit, in microseconds. */
  readonly commit: Quantity;
  /** Entries per second that a returning member takes over. */
  readonly catchUpRate: Quantity;
}
