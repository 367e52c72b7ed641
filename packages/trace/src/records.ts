/**
 * The trace: what a run leaves behind, and all that it leaves behind.
 *
 * Metrics, verdicts, reports and the dashboard are pure functions of these records. They are plain JSON
 * values in a total order; `atUs` is simulated time in whole microseconds since the run began and never
 * goes back. No record holds anything of the host: no clock reading, no path, no identity.
 */

import type { ObservationRecord } from './observations.ts';

/** The parts of an outage, in the order in which they usually follow one another. */
export const PHASES = [
  'detection',
  'decision',
  'promotion',
  'recovery',
  'endpoint-change',
  'dns-cache',
  'reconnect',
  'first-success',
] as const;
export type Phase = (typeof PHASES)[number];

/** Who does the work in a phase: the service, its customer, or both. */
export type Actor = 'provider' | 'customer' | 'shared';

/** Where a number comes from: published, measured by somebody, or assumed by us. */
export type Grade = 'documented' | 'measured' | 'assumed';

export interface HeaderNode {
  readonly node: string;
  readonly az: string;
  readonly region: string;
  readonly role: string;
}

export interface HeaderTiming {
  readonly timing: string;
  /** The distribution as a person would write it, e.g. `lognormal(median 12s, p95 30s)`. */
  readonly distribution: string;
  readonly grade: Grade | 'scenario';
  readonly source: string;
}

export interface HeaderDatabase {
  readonly database: string;
  readonly model: string;
  readonly title: string;
  readonly engine: string;
  readonly nodes: readonly HeaderNode[];
  readonly endpoints: readonly string[];
  readonly timings: readonly HeaderTiming[];
  readonly acts: Readonly<Partial<Record<Phase, Actor>>>;
}

export interface HeaderCohort {
  readonly cohort: string;
  readonly database: string;
  readonly from: string;
  readonly clients: number;
}

/** First record of every trace: what was run, with every default that applied. */
export interface HeaderRecord {
  readonly type: 'header';
  readonly atUs: 0;
  readonly format: 'faultline-trace/1';
  readonly scenario: string;
  readonly summary: string;
  readonly seed: string;
  readonly horizonUs: number;
  readonly databases: readonly HeaderDatabase[];
  readonly cohorts: readonly HeaderCohort[];
  /** The whole scenario after defaults, as plain JSON. */
  readonly resolved: unknown;
}

/** An injected cause began or ended. `index` is its place in the scenario's list of faults. */
export interface FaultRecord {
  readonly type: 'fault';
  readonly atUs: number;
  readonly edge: 'started' | 'healed';
  readonly index: number;
  readonly cause: string;
  /** The target as the scenario names it, e.g. `orders.primary`. */
  readonly target: string;
  /** What that name stood for at this instant, e.g. `["orders-1"]`. */
  readonly resolved: readonly string[];
  /** `false` when the fault had nothing to act on (for example a reader to fail where none is left). */
  readonly effective: boolean;
  readonly note?: string;
}

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

/** The control plane learned something; `ignored` facts changed nothing in the chart. */
export interface FactRecord {
  readonly type: 'fact';
  readonly atUs: number;
  readonly database: string;
  readonly fact: string;
  readonly node?: string;
  readonly outcome: 'accepted' | 'ignored';
  /** Durations drawn for this fact, in microseconds by name of the timing (absent on ignored facts). */
  readonly drawnUs?: Readonly<Record<string, number>>;
}

/** The control plane ordered something; the engine carries it out. */
export interface CommandRecord {
  readonly type: 'command';
  readonly atUs: number;
  readonly database: string;
  readonly command: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The chart is in another state. `tags` is what outsiders may rely on; `state` is for display only. */
export interface StateRecord {
  readonly type: 'state';
  readonly atUs: number;
  readonly database: string;
  /** A database has one chart, or one for each Region. */
  readonly chart: string;
  readonly state: string;
  readonly tags: readonly string[];
  /** Phase of the recovery that this state belongs to, if any. */
  readonly phase?: Phase;
}

/** A service event as the customer would see it in the console, e.g. RDS-EVENT-0013. */
export interface ServiceEventRecord {
  readonly type: 'event';
  readonly atUs: number;
  readonly database: string;
  readonly source: string;
  readonly id: string;
  readonly category: string;
  readonly message: string;
}

/** The authoritative answer for an endpoint changed; servers disagree until `propagatedAtUs`. */
export interface DnsRecord {
  readonly type: 'dns';
  readonly atUs: number;
  readonly database: string;
  readonly endpoint: string;
  /** Empty when the record is lost: look-ups get no answer. */
  readonly nodes: readonly string[];
  readonly ttlUs: number;
  readonly propagatedAtUs: number;
}

/** A client's DNS cache took an answer in: another one, or the same for another lifetime. */
export interface ResolveRecord {
  readonly type: 'resolve';
  readonly atUs: number;
  readonly cohort: string;
  readonly client: number;
  readonly endpoint: string;
  /** `null` when the name did not resolve. */
  readonly node: string | null;
  readonly expiresAtUs: number | null;
}

export type ConnectOutcome = 'ok' | 'refused' | 'timeout' | 'starting' | 'unresolved' | 'reset';

/** A client tried to open a connection. */
export interface ConnectRecord {
  readonly type: 'connect';
  readonly atUs: number;
  readonly cohort: string;
  readonly client: number;
  readonly node: string | null;
  readonly outcome: ConnectOutcome;
  readonly startedAtUs: number;
}

/** A client gave up a connection, or learned that it was gone. */
export interface DisconnectRecord {
  readonly type: 'disconnect';
  readonly atUs: number;
  readonly cohort: string;
  readonly client: number;
  readonly node: string;
  readonly reason: string;
}

/** Place of a write in the replicated log. */
export interface LogPosition {
  readonly timeline: number;
  readonly lsn: number;
}

/**
 * A step of a transaction: reads of a list (oldest element first, empty when there is none yet) or of a register
 * (null when it was never written), appends to a list, writes to a register. What a read returned is null until it is
 * known, and after a transaction that did not succeed.
 */
export type TransactionStep =
  | readonly ['r', number, readonly number[] | number | null]
  | readonly ['append' | 'w', number, number];

/** One operation as its client saw it; recorded when the client learned the outcome. */
export interface OpRecord {
  readonly type: 'op';
  readonly atUs: number;
  readonly cohort: string;
  readonly client: number;
  /** Counts from 1 over the whole run; also the value that a write stores. */
  readonly op: number;
  /** A transaction counts as a write when it writes anything, else as a read. */
  readonly action: 'write' | 'read';
  /** 0 for a transaction, which names its keys in its steps. */
  readonly key: number;
  readonly invokedAtUs: number;
  /** A time-out after the request was sent is indeterminate; it may or may not have taken effect. */
  readonly outcome: 'ok' | 'fail' | 'indeterminate';
  readonly error?: string;
  readonly database: string;
  /** The node that served it, or was last tried. */
  readonly node?: string;
  /** The host of a proxy through which it came to that node. */
  readonly via?: string;
  readonly attempts: number;
  /** Writes: where it was appended, known to the simulator even when the client never heard. */
  readonly position?: LogPosition;
  /** Writes: when it was appended at the node. */
  readonly committedAtUs?: number;
  /** Reads: the value (an op number) that was returned, 0 when the key was never written. */
  readonly value?: number;
  /** Reads: how long ago the newest acknowledged version that it missed was acknowledged; 0 when fresh. */
  readonly staleUs?: number;
  /** Transactions: the steps in order, with what the reads returned. Their keys are rows of a table of their own. */
  readonly transaction?: readonly TransactionStep[];
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

/** A person acts: called (somebody has to), done, or dismissed before that because the trouble was over. */
export interface OperatorRecord {
  readonly type: 'operator';
  readonly atUs: number;
  readonly database: string;
  readonly edge: 'called' | 'done' | 'dismissed';
  readonly step: string;
  readonly who: string;
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

/** Last record of a run. */
export interface EndRecord {
  readonly type: 'end';
  readonly atUs: number;
}

export type TraceRecord =
  | HeaderRecord
  | FaultRecord
  | NodeRecord
  | FactRecord
  | CommandRecord
  | StateRecord
  | ServiceEventRecord
  | DnsRecord
  | ResolveRecord
  | ConnectRecord
  | DisconnectRecord
  | OpRecord
  | TimelineRecord
  | ReplicationRecord
  | SampleRecord
  | OperatorRecord
  | ConflictRecord
  | EndRecord
  | ObservationRecord;
