import type { TraceRecord } from '@faultline/trace';

/** A measure in the making: it is shown every record of a trace in order, and asked once at the end. */
export interface Fold<Result> {
  /**
   * A record of a client (`op`, `connect`, `resolve`, `disconnect`), with all that is in it, is good only until
   * this returns: whoever makes thousands of runs fills the same one again. A fold copies what it wants to keep, and
   * takes a field that is undefined for one that is missing. All other records stay as they are.
   */
  add(record: TraceRecord): void;
  /** A plain JSON value. May be asked before the end of the trace: it answers for what it has seen. */
  result(): Result;
}
