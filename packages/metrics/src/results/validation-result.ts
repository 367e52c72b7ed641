/** What the models predict beside what others measured. Figures are in the unit of their measure; Infinity stands for never. */
export interface ValidationResult {
  readonly seed: string;
  /** Trials of each case, except where a case needs fewer. */
  readonly trials: number;
  readonly cases: readonly CaseValidation[];
  /** Measured values that a default was taken from, and those that were held out. */
  readonly used: Agreement;
  readonly heldOut: Agreement;
  readonly notes: readonly string[];
}

/** A measurement by somebody else, set up as it was made. Cases of a group follow one another. */
export interface CaseValidation {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  /** What could not be set up as it was. */
  readonly note: string | null;
  readonly trials: number;
  readonly measures: readonly MeasureValidation[];
}

export interface MeasureValidation {
  readonly id: string;
  /** In words for a table, e.g. `write gap`. */
  readonly title: string;
  /** A probe outside, the events that the service published, or the server's own view: never mixed. */
  readonly seenBy: 'client' | 'events' | 'both' | 'server';
  readonly unit: string;
  readonly measured: Measured;
  readonly predicted: Band;
  /** Of the measured values, those between p5 and p95; a measured range counts as one, inside when it holds p50. */
  readonly agreement: Agreement;
  /** The default that was set from it; null where it was held out. */
  readonly usedFor: string | null;
  /** Where and, as far as is known, why it misses; null when it does not. */
  readonly remark: string | null;
}

/** What somebody measured: single values, or the range in which a quantity was said to lie. */
export type Measured = { readonly values: readonly number[] } | { readonly from: number; readonly to: number };

/** What the trials of a case predict for one figure: nine trials of ten lie between `p5` and `p95`. */
export interface Band {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

/** How many measured values a prediction meets. */
export interface Agreement {
  readonly inside: number;
  /** Outside, but within a quarter of the predicted median. */
  readonly near: number;
  readonly of: number;
}
