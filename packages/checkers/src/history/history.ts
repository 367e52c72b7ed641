/**
 * A history: what the processes of a test asked for and what they learned, in one total order. The vocabulary
 * is Jepsen's, so that histories made elsewhere can be read here and ours elsewhere.
 *
 * A process is sequential: between an `invoke` and its completion it invokes nothing else. An operation that
 * ends in `info` may have taken effect, or not, or may still do so later; its process invokes nothing more.
 */

export type EventType = 'invoke' | 'ok' | 'fail' | 'info';

/** Plain JSON. `null` stands for nil: not known (a read that has not returned). */
export type HistoryValue = null | boolean | number | string | readonly HistoryValue[] | HistoryMap;

export interface HistoryMap {
  readonly [key: string]: HistoryValue;
}

/** One line of a history. */
export interface HistoryEvent {
  /** Place in the history, from 0. */
  readonly index: number;
  /** A number, or a name such as `nemesis`, whose events no checker looks at. */
  readonly process: number | string;
  readonly type: EventType;
  /** The function, e.g. `read`, `write`, `cas`, `append`, `acquire`, `txn`. */
  readonly f: string;
  readonly value: HistoryValue;
  /** Nanoseconds since the test began, where it was recorded. */
  readonly time?: number;
  /** Why it failed or is indeterminate, in the words of the client. */
  readonly error?: HistoryValue;
}

/**
 * A step inside a transaction, as elle writes it: `["append", key, element]`, `["w", key, value]`, or
 * `["r", key, result]` with `null` for a read that has not returned.
 */
export type MicroOperation = readonly ['append' | 'r' | 'w', HistoryValue, HistoryValue];

/** What a checker says. `unknown` when its budget ran out before it could tell: never a guess. */
export type Verdict = 'valid' | 'invalid' | 'unknown';
