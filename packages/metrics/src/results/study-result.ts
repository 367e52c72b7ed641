import type { Estimate } from '../quantiles.ts';
import type { SegmentPhase } from '../waterfall/segments.ts';
import type { RareResult } from './rare-result.ts';
import type { YearResult } from './year-result.ts';

/** Quantiles that a study reports, by name. */
export const STUDY_QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, 'p99.9': 0.999 } as const;
export type StudyQuantile = keyof typeof STUDY_QUANTILES;

/** What a study found. Durations are microseconds, Infinity stands for never; intervals are 95 %. */
export interface StudyResult {
  readonly study: string;
  readonly summary: string;
  readonly seed: string;
  readonly objectives: { readonly rtoUs: number | null; readonly rpoUs: number | null };
  readonly factors: readonly {
    readonly name: string;
    readonly levels: readonly string[];
    readonly costs: readonly number[] | null;
  }[];
  readonly trials: number;
  /** In the order of the grid; the first is the reference of all differences. */
  readonly cells: readonly CellResult[];
  /** The chance of a rare event, and availability over a year, for each cell; absent where the study asks for none. */
  readonly rare?: readonly RareResult[];
  readonly availability?: readonly YearResult[];
}

/** One part of the outages of some trials. */
export interface MeanPhase {
  readonly phase: SegmentPhase;
  readonly meanUs: number;
}

export interface CellResult {
  readonly label: string;
  /** Index of the level of each factor. */
  readonly levels: readonly number[];
  readonly cost: number;
  readonly trials: number;
  readonly recoveryTime: Readonly<Record<StudyQuantile, Estimate>>;
  /** Points of the distribution: a recovery time, and the share of the trials that took no longer. */
  readonly ecdf: readonly { readonly us: number; readonly share: number }[];
  readonly never: Estimate;
  /** Share of the trials that lost an acknowledged write, and the most and the farthest that any lost. */
  readonly loses: Estimate;
  readonly lostMax: number;
  readonly lossSpanMaxUs: number;
  readonly failedP50: Estimate;
  readonly indeterminateP50: Estimate;
  readonly lostUpdatesP50: Estimate;
  /** Shares of the trials that met the objectives; null where none is set. */
  readonly meets: { readonly rto: Estimate | null; readonly rpo: Estimate | null; readonly both: Estimate | null };
  /** Of what outages of about the median's length consist, and those from the p99 on. */
  readonly phases: { readonly median: readonly MeanPhase[]; readonly tail: readonly MeanPhase[] };
  /** Of what outages consist that are about as long as each quantile, on average. */
  readonly waterfall: readonly {
    readonly quantile: StudyQuantile;
    readonly phases: readonly MeanPhase[];
  }[];
  /** Recovery time less that of the first cell, trial by trial: the median. Null for the first cell itself. */
  readonly difference: Estimate | null;
  /** Whether the precision that was asked for was reached; null where none was. */
  readonly precise: boolean | null;
}
