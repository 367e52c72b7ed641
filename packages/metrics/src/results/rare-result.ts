import type { Estimate } from '../quantiles.ts';

/** The chance of a rare event in one cell of a study. Durations are microseconds. */
export interface RareResult {
  readonly method: RareMethod;
  readonly label: string;
  /** `recovery over 10m and an acknowledged write lost` is told from these two. */
  readonly recoveryOverUs: number | null;
  readonly writesLost: boolean;
  /** Trials of the pilot that chose the tilt or the levels, and of the estimate itself. */
  readonly pilotTrials: number;
  readonly trials: number;
  /** Null where the weights do not bear an estimate; then `refused` says why. */
  readonly estimate: RareEstimate | null;
  readonly refused: string | null;
  /** What was made longer (factor above 1) or shorter to see the event often: draws of named streams. */
  readonly tilt: readonly RareTilt[];
  /** Recovery times between which splitting went, rising to the one asked for; none with importance sampling. */
  readonly levelsUs: readonly number[];
}

/** How the chance of a rare event is estimated. */
export type RareMethod = 'importance-sampling' | 'splitting';

export interface RareEstimate {
  /** Probability with its 95 % interval. */
  readonly probability: Estimate;
  /** Standard error as a share of the estimate. */
  readonly relativeError: number;
  /** Trials in which the event occurred. */
  readonly hits: number;
  /** As many equally weighted hits would be as sure as these (Kish's effective sample size). */
  readonly effectiveHits: number;
  /** Trials that a plain run would need for the same error. */
  readonly plainTrials: number;
}

export interface RareTilt {
  /** The stream, such as `orders/detection`, and which of its draws, from 1. */
  readonly stream: string;
  readonly draw: number;
  /** The mean of the draw's cumulative hazard, 1 untilted: an exponential duration is this many times as long. */
  readonly factor: number;
}
