import type { Estimate } from '../quantiles.ts';
import type { MeanPhase } from './study-result.ts';

/** What a search for the cheapest configuration found. Durations are microseconds. */
export interface SearchResult {
  readonly study: string;
  readonly summary: string;
  readonly seed: string;
  readonly objectives: { readonly rtoUs: number | null; readonly rpoUs: number | null };
  /** The objectives have to be met in at least this share of the trials. */
  readonly share: number;
  /** Of all statements of the search together: 0.95. */
  readonly confidence: number;
  readonly trials: number;
  /** From the cheapest to the dearest, equal costs in the order of the grid. */
  readonly candidates: readonly SearchCandidate[];
  /** Place of the cheapest that meets the objectives, with nothing cheaper left in doubt; null: see `outcome`. */
  readonly winner: number | null;
  /** `undecided`: the trials were spent before everything cheaper was ruled out or one was proved to meet. */
  readonly outcome: 'found' | 'none' | 'undecided';
  /** Place of the candidate that met the objectives most often. */
  readonly best: number;
  /** What stands in the way of the best one, where none meets the objectives. */
  readonly limit: SearchLimit | null;
  readonly nearMisses: readonly NearMiss[];
}

/** `dearer`: not looked at to the end, because something cheaper meets the objectives. */
export type CandidateVerdict = 'meets' | 'misses' | 'open' | 'dearer';

export interface SearchCandidate {
  readonly label: string;
  readonly levels: readonly number[];
  readonly cost: number;
  readonly trials: number;
  /** Share of the trials that met all objectives, with one-sided bounds that hold for all candidates and looks at once. */
  readonly met: Estimate;
  readonly verdict: CandidateVerdict;
}

/** A candidate that does nearly well enough, and what would have to change. */
export interface NearMiss {
  readonly candidate: number;
  /** One factor set otherwise, with which the objectives were met at least as often as asked for. */
  readonly change: {
    readonly factor: string;
    readonly from: string;
    readonly to: string;
    readonly extraCost: number;
  } | null;
}

/** Why the best candidate is no better. */
export interface SearchLimit {
  /** The recovery time that it keeps to in the share of the trials that was asked for. */
  readonly recoveryUs: number;
  /** Mean phases of the trials that missed an objective, the longest first, and who acts in each. */
  readonly phases: readonly (MeanPhase & { readonly actor: string | null })[];
  /** Share of the trials whose phases of the provider alone took longer than the objective. */
  readonly providerAlone: Estimate | null;
  /** Share of the trials that lost more than the objective allows. */
  readonly losses: Estimate | null;
}
