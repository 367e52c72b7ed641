import type { HistogramState } from '../histogram.ts';

/** A run is shown in so many bins, whatever its horizon. */
export const BINS = 600;

/**
 * Time series in bins of equal width: element 0 is the bin that begins with the run, and a list ends with the
 * newest bin that has anything. Null stands for a bin without a value.
 */
export interface SeriesState {
  /** Width of a bin in microseconds; 0 before the header. */
  readonly binUs: number;
  /** Outcomes of each cohort's operations, by the instant of their invocation. */
  readonly operations: readonly OperationSeries[];
  /** Of successful operations that ended in the bin, in microseconds. */
  readonly latency: LatencySeries;
  /** The greatest lag in the bin, for every sampled node. */
  readonly lag: readonly LagSeries[];
  /** What would have been lost at the worst instant of the bin. */
  readonly atRisk: readonly AtRiskSeries[];
  /** At the end of the bin, or now in the newest, of all pools. */
  readonly connections: { readonly open: readonly number[]; readonly broken: readonly number[] };
}

export interface OperationSeries {
  readonly cohort: string;
  readonly ok: readonly number[];
  readonly failed: readonly number[];
  readonly indeterminate: readonly number[];
}

export interface LatencySeries {
  readonly p50Us: readonly (number | null)[];
  readonly p95Us: readonly (number | null)[];
  readonly p99Us: readonly (number | null)[];
  /** Of the newest bin, which is not over yet. */
  readonly current: { readonly bin: number; readonly histogram: HistogramState };
}

export interface LagSeries {
  readonly database: string;
  readonly node: string;
  readonly lagUs: readonly (number | null)[];
}

export interface AtRiskSeries {
  readonly database: string;
  readonly entries: readonly (number | null)[];
  readonly spanUs: readonly (number | null)[];
  /** Of the newest instant, whose samples may not all be there yet. */
  readonly pending: { readonly copies: AtRiskSample | null; readonly writers: AtRiskSample | null };
}

export interface AtRiskSample {
  readonly atUs: number;
  readonly entries: number;
  readonly spanUs: number;
}
