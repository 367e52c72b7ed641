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
  /** An event too rare to be counted; null where none is asked for. */
  readonly rare: RareSpec | null;
  /** How often what fails, for the availability over a year; null where it is not asked for. */
  readonly availability: AvailabilitySpec | null;
  /** What `--search` looks for. */
  readonly search: SearchSpec;
}

/** An event whose chance is estimated without waiting for it. At least one of the two conditions is set. */
export interface RareSpec {
  /** Importance sampling for one rare fault or timing, splitting for many small causes together. */
  readonly method: 'importance-sampling' | 'splitting';
  /** Recovery takes longer than this; null: however long. */
  readonly recoveryOverUs: number | null;
  /** And an acknowledged write is lost. */
  readonly writesLost: boolean;
  /**
   * Trials of the estimate, and of each look of the pilot that chooses what to make longer. With splitting, those of each
   * level.
   */
  readonly trials: number;
  readonly pilot: number;
}

/** Failures over a year. */
export interface AvailabilitySpec {
  readonly failures: readonly FailureSpec[];
  /** Trials of each failure, from which recovery times are drawn. */
  readonly trials: number;
  /** Years that are simulated. */
  readonly years: number;
  /** How long an outage lasts that a trial did not see end; null: there must be none. */
  readonly unrecoveredUs: number | null;
}

/** Something that fails now and then, as long-term Poisson rate. */
export interface FailureSpec {
  readonly name: string;
  /** Failures per year of 365.25 days while it works, over 0. */
  readonly perYear: number;
  /** For each cell of the study, its scenario with this failure as the only fault. */
  readonly scenarios: readonly Scenario[];
}

/** The cheapest cell that meets the objectives in at least this share of the trials. */
export interface SearchSpec {
  /** Over 0, below 1. */
  readonly share: number;
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
