/** `absent`: not made yet, or discarded. */
export type NodeStatus = 'running' | 'starting' | 'recovering' | 'crashed' | 'stopped' | 'host-down' | 'absent';

/** The physical truth about a database node, whoever knows of it. */
export interface NodeRecord {
  readonly type: 'node';
  readonly atUs: number;
  readonly database: string;
  readonly node: string;
  readonly az: string;
  readonly role: string;
  readonly status: NodeStatus;
  /** Whether it would accept a write, or serve a read, from a client that reaches it. */
  readonly writable: boolean;
  readonly readable: boolean;
  readonly fenced: boolean;
}

/** A promotion forked the log: entries of `parent` after `forkLsn` are not on the new timeline. */
export interface TimelineRecord {
  readonly type: 'timeline';
  readonly atUs: number;
  readonly database: string;
  /** Timelines are numbered within their database. */
  readonly timeline: number;
  readonly parent: number;
  /** The database that the parent timeline belongs to: another one when a read replica is promoted, else the same. */
  readonly parentDatabase: string;
  readonly forkLsn: number;
  readonly node: string;
  /** Entries of the parent that are left behind, acknowledged or not. */
  readonly discarded: number;
}

export type ReplicationState =
  | 'streaming'
  | 'broken'
  | 'stalled'
  | 'rebuilding'
  | 'in-sync'
  | 'detached'
  | 'terminated';

/** A replication stream changed. */
export interface ReplicationRecord {
  readonly type: 'replication';
  readonly atUs: number;
  readonly database: string;
  readonly from: string;
  readonly to: string;
  readonly state: ReplicationState;
}

/** Positions of a node, sampled. Samples exist only when a run asks for them and change nothing else. */
export interface SampleRecord {
  readonly type: 'sample';
  readonly atUs: number;
  readonly database: string;
  readonly node: string;
  /** How far behind its source in time and in entries; 0 for a writer. */
  readonly lagUs: number;
  readonly lagEntries: number;
  /** Acknowledged writes that would be gone if the writer died now, and the span they reach back. */
  readonly atRiskEntries: number;
  readonly atRiskUs: number;
}

/** Two Regions wrote one item without having seen each other; the loser's write is gone. */
export interface ConflictRecord {
  readonly type: 'conflict';
  readonly atUs: number;
  readonly database: string;
  readonly key: number;
  readonly winnerOp: number;
  readonly winnerNode: string;
  readonly loserOp: number;
  readonly loserNode: string;
}
