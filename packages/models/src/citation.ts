/** `documented`: the provider publishes it. `measured`: somebody did. `assumed`: nobody did, and we say so. */
export type Grade = 'documented' | 'measured' | 'assumed';

/** Where a statement or a number comes from. */
export interface Citation {
  /** Document, paper or measurement, precise enough to be found again. */
  readonly source: string;
  /** Date of the source as it was read, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date: string;
  readonly grade: Grade;
}

/** A number of the data plane that is not a duration of the chart (rates, sizes, limits). */
export interface Quantity extends Citation {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
}
