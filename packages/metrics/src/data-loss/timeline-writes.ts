import type { Table } from '../table.ts';

/** Columns of the tables below: number of the operation, place in the log, and when its client heard. */
export const OP = 0;
export const LSN = 1;
export const HEARD_US = 2;

/** What clients learned of the writes of one timeline: a row for each. */
export interface TimelineWrites {
  readonly database: string;
  readonly timeline: number;
  readonly key: string;
  readonly acknowledged: Table;
  readonly unsure: Table;
}
