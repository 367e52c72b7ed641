import type { Estimate } from '../quantiles.ts';

/** Availability over a year of one cell of a study. Durations are microseconds, minutes are per year of 365.25 days. */
export interface YearResult {
  readonly label: string;
  readonly years: number;
  readonly failures: readonly FailureResult[];
  /** Minutes without service in a year, on average, as simulated; its interval holds the doubt about recovery times too. */
  readonly minutes: Estimate;
  /** Share of time with service. */
  readonly availability: Estimate;
  /** The longest outage-minutes of 1 year in 2, in 20 and in 100. */
  readonly minutesP50: number;
  readonly minutesP95: number;
  readonly minutesP99: number;
  /** The closed form with the mean recovery times, and with the medians, as one works it out by hand. */
  readonly closedForm: { readonly withMeans: number; readonly withMedians: number };
  /** Share of the outages that began while another one went on. */
  readonly overlapping: number;
  /** Where simulation and closed form disagree beyond the interval, and why; empty where they agree. */
  readonly disagreements: readonly string[];
  /** What the provider says of the service; null where nothing is published. */
  readonly published: PublishedAvailability | null;
}

export interface FailureResult {
  readonly name: string;
  readonly perYear: number;
  /** Of the recovery times in the trials; those that no trial saw end count as long as the study says. */
  readonly meanUs: number;
  readonly medianUs: number;
  readonly trials: number;
  /** Trials that did not see the end of the outage, and that waited for a person. */
  readonly unrecovered: number;
  readonly waitedForPerson: number;
  /** Minutes of a year that this failure alone takes. */
  readonly minutes: number;
}

/** A figure that the provider published, which is a promise of credits or a design target, and no measurement. */
export interface PublishedAvailability {
  readonly share: number;
  readonly per: 'month' | 'none';
  readonly what: string;
  readonly source: string;
}
