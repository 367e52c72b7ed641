import type { Estimate } from '../quantiles.ts';

/** Availability over a year of one cell of a study. */
export interface YearResult {
  readonly label: string;
  /** Null where there is none to be had; then `refused` says why. */
  readonly figures: YearFigures | null;
  readonly refused: string | null;
}

/** Durations are microseconds, minutes are those without service in a year of 365.25 days. */
export interface YearFigures {
  readonly years: number;
  readonly failures: readonly FailureResult[];
  /** Average of the simulated years; its interval holds the doubt about the recovery times as well. */
  readonly minutes: Estimate;
  /** Share of time with service. */
  readonly availability: Estimate;
  /** One year in 2, in 20 and in 100 has at least so many. */
  readonly minutesP50: number;
  readonly minutesP95: number;
  readonly minutesP99: number;
  /** Minutes by the closed form with the mean recovery times, and with the medians, as one works it out by hand. */
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
  /** Of the recovery times in the trials; an outage that a trial did not see end counts as long as the study says. */
  readonly meanUs: number;
  readonly medianUs: number;
  readonly trials: number;
  /** Trials that did not see the end of the outage, and trials in which a person was called. */
  readonly unrecovered: number;
  readonly waitedForPerson: number;
  /** Minutes of a year that this failure takes by itself: its rate times its mean. */
  readonly minutes: number;
}

/** A figure that the provider published: a promise of credits or a design target, and no measurement. */
export interface PublishedAvailability {
  readonly share: number;
  readonly what: string;
  readonly source: string;
}
