import { quantity } from '../quantity.ts';

/** Commit at two of three storage replicas. */
export const commit = quantity(
  4_000,
  'µs',
  'local part of a commit: on two of three storage replicas, median',
  'assumed',
  'local acknowledgement typically under 10 ms (AWS DynamoDB labs workshop, global tables), "single-digit millisecond" (Amazon DynamoDB Developer Guide)',
  '2026-04',
);

/** How fast a backlog drains between two Regions (MREC). */
export const drainRate = quantity(
  5_000,
  'entries/s',
  'writes per second that one Region sends to another',
  'assumed',
  'not published; "the time to drain depends on the duration and the rate of change" (AWS Fault Injection Service User Guide, Cross-Region: Connectivity)',
  '2026-04',
);

/** How fast a returning Region takes over the journal (MRSC). */
export const catchUpRate = quantity(
  20_000,
  'entries/s',
  'entries that a returning Region takes over',
  'assumed',
  'not published; a log is read in bulk',
  '2026-11',
);

/** How far a Region's clock may be off (MREC). */
export const CLOCK_ERROR = quantity(
  1_000,
  'µs',
  "error of a Region's clock against true time, at the most",
  'assumed',
  'the bound on the timestamps that decide is not published: "best effort to determine the last writer" (Amazon DynamoDB Developer Guide, 2023-02)',
  '2026-11',
);
