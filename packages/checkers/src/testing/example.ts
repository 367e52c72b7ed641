import type { HeaderRecord, TraceRecord } from '@faultline/trace';

/** Two traces for one invariant. */
export interface Example {
  readonly name: string;
  readonly head: HeaderRecord;
  readonly holds: readonly TraceRecord[];
  readonly breaks: readonly TraceRecord[];
}
