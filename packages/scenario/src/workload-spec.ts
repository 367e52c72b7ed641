import type { Distribution } from '@faultline/clock';
import type { Isolation } from '@faultline/models';

export type ArrivalSpec =
  | { readonly process: 'poisson'; readonly perSecond: number }
  /** Each client in turn, evenly spaced: one operation of the cohort every `everyUs`. */
  | { readonly process: 'every'; readonly everyUs: number }
  /** Each client sends the next operation this long after the last one ended. */
  | { readonly process: 'closed'; readonly think: Distribution };

export type WorkloadSpec = OperationWorkloadSpec | TransactionWorkloadSpec;

/** Who works, when, and how often. */
interface WorkSpec {
  readonly client: string;
  readonly arrivals: ArrivalSpec;
  readonly fromUs: number;
  readonly untilUs: number | null;
}

/** Single reads or writes. */
export interface OperationWorkloadSpec extends WorkSpec {
  readonly action: 'write' | 'read';
  /** Keys are 1…keys, chosen evenly, or one after the other. */
  readonly keys: number;
  readonly keyChoice: 'uniform' | 'sequential';
  readonly consistency: 'strong' | 'eventual';
}

/** Short transactions over several rows, which are sent to the database in one request. */
export interface TransactionWorkloadSpec extends WorkSpec {
  readonly action: 'transaction';
  /** What the rows hold: lists to append to, or registers to overwrite. The same for all transactions of a scenario. */
  readonly rows: 'lists' | 'registers';
  /** Rows in use at any time. */
  readonly keys: number;
  /** A row that was written this often is used no more, and a new one takes its place. */
  readonly writesPerKey: number;
  /** Reads of each transaction, of different rows. */
  readonly reads: number;
  /** Appends or writes of each transaction, to different rows. */
  readonly writes: number;
  readonly isolation: Isolation;
}
