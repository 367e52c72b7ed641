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

/**
 * Somebody who counts the operations of one cohort in thousands of runs, and for whom a call does where it says all that
 * is counted: that takes a fraction of the time of records.
 */
export interface OperationsListener {
  /** Nobody answered a client that opened a connection, in time; its operation tries again. In place of the `connect` record. */
  attemptTimedOut(client: number, atUs: number): void;
  /** An operation failed because nobody answered its client in time: in place of its `connect` and its `op` record. */
  connectTimedOut(client: number, op: number, action: OpRecord['action'], invokedAtUs: number, atUs: number): void;
}
