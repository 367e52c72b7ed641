import type { Verdict } from './history.ts';
import type { Operation } from './operations.ts';

export interface HistoryOptions {
  /** What transactions have to obey; a name of `CONSISTENCY_MODELS`. */
  readonly consistencyModel: string;
  /** How many steps a search may take before it gives up with `unknown`. */
  readonly steps: number;
  /** How many bytes a search may remember. */
  readonly bytes: number;
  /** For rw-register: take each key by itself as linearizable, to learn the order of its versions. */
  readonly linearizableKeys: boolean;
  /** For bank: the sum of all balances; told by the first read where it is not given. */
  readonly totalAmount?: number;
  /** For bank: whether a balance may be below zero. */
  readonly allowNegativeBalances: boolean;
}

/** What a checker has to say of a history. */
export interface HistoryResult {
  readonly verdict: Verdict;
  /** One full sentence. */
  readonly summary: string;
  /** The counterexample, or what is in doubt, for people: a line each. */
  readonly explanation: readonly string[];
  /** The same for programs: plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Something that a history can be held against. */
export interface HistoryModel {
  readonly name: string;
  /** Names that other tools use. */
  readonly aliases: readonly string[];
  readonly family: 'linearizability' | 'transactions' | 'others';
  /** What the object does, and which functions the history may have. */
  readonly summary: string;
  /** Throws `BadHistory` for functions and values that it does not know. */
  check(operations: readonly Operation[], options: HistoryOptions): HistoryResult;
}
