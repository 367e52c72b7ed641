import type { TraceRecord } from '@faultline/trace';

/** Takes one figure from a trace, as the people who measured it took theirs. */
export interface Watch {
  add(record: TraceRecord): void;
  /** Nothing that follows can change the value: the trial may stop. */
  readonly settled: boolean;
  /** Null when what was to be measured did not happen. */
  value(): number | null;
}
