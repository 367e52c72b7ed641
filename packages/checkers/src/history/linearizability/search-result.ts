import type { Verdict } from '../history.ts';

/** How much a search may cost. */
export interface SearchBudget {
  /** How many placements of an operation may be tried. */
  readonly steps: number;
  /** How many bytes the table of configurations may hold. */
  readonly bytes: number;
  /** Whether to remember configurations; without, the same ones are searched again. For comparison only. */
  readonly remembers?: boolean;
}

/** How far a search came. */
export interface Furthest {
  /** Calls in the order in which they took effect, up to where nothing fits. */
  readonly order: readonly number[];
  /** The call that could not be placed before it returned; -1 if there is none, for all are placed. */
  readonly blocking: number;
  /** What the object could hold then, in words: all that was found. */
  readonly states: readonly string[];
}

export interface SearchResult {
  readonly verdict: Verdict;
  readonly steps: number;
  readonly configurations: number;
  /** How many of the calls that returned first were placed at most: so long a beginning is linearizable. */
  readonly reached: number;
  readonly furthest: Furthest;
}
