import type { Scenario } from '../scenario.ts';

/** A study after parsing: one scenario varied over a grid, with what is to be found out. Frozen; durations in microseconds. */
export interface Study {
  readonly name: string;
  readonly summary: string;
  /** Never empty. Trial t of every cell runs under `<seed>.<t>`, so that cells share their chance. */
  readonly seed: string;
  /** Trials of each cell; with `precision`, of the first look. */
  readonly trials: number;
  /** Null: a fixed number of trials. */
  readonly precision: StudyPrecision | null;
  readonly objectives: { readonly rtoUs: number | null; readonly rpoUs: number | null };
  readonly factors: readonly StudyFactor[];
  /** Every combination of levels, the last factor changing fastest. One cell where there are no factors. */
  readonly cells: readonly StudyCell[];
}

/** Go on until a quantile of the recovery time of every cell is known well enough. */
export interface StudyPrecision {
  /** Over 0, below 1: 0.99 for p99. */
  readonly quantile: number;
  /** Half the width of the 95 % interval, as a share of the estimate. */
  readonly within: number;
  /** Trials of each cell at the most. */
  readonly budget: number;
}

/** Something that is varied. */
export interface StudyFactor {
  readonly name: string;
  /** In the order of the file; texts for people. */
  readonly levels: readonly string[];
  /** What each level costs, in any unit that is the same for all factors; null where the file names no costs. */
  readonly costs: readonly number[] | null;
}

/** One combination of levels. */
export interface StudyCell {
  /** Index of the level of each factor. */
  readonly levels: readonly number[];
  /** `dns-cache=30s driver=quick`; empty for the only cell of a study without factors. */
  readonly label: string;
  /** Sum of the costs of its levels; 0 where none are named. */
  readonly cost: number;
  readonly scenario: Scenario;
}
