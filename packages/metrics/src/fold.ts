import type { TraceRecord } from '@faultline/trace';

/** A measure in the making: it is shown every record of a trace in order, and asked once at the end. */
export interface Fold<Result> {
  add(record: TraceRecord): void;
  /** A plain JSON value. May be asked before the end of the trace: it answers for what it has seen. */
  result(): Result;
}
