import type { Measured } from '@faultline/metrics';
import type { Watch } from './watches/watch.ts';

/** Units of measured values; times are given as people gave them. */
export type CalibrationUnit = 's' | 'ms' | 'commits/s' | 'writes';

/** One figure of a case, and how the same figure is taken from a trace. */
export interface CalibrationMeasure {
  readonly id: string;
  /** In words for a table, e.g. `write gap`. */
  readonly title: string;
  /** A probe outside, the events that the service published, or the server's own view: never mixed. */
  readonly seenBy: 'client' | 'events' | 'both' | 'server';
  readonly unit: CalibrationUnit;
  readonly measured: Measured;
  /** The default that was taken from this measurement; absent: it was held out. */
  readonly usedFor?: string;
  /** Why the prediction may miss, in one line; shown where it does. */
  readonly caveat?: string;
  /** A new observer of one trial. Its value is in microseconds where the unit is a time. */
  watch(): Watch;
}

/** A measurement by somebody else, set up as it was made. */
export interface CalibrationCase {
  /** Short and unique, e.g. `C1-cold`. */
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  /** What could not be set up as it was, in one line. */
  readonly note?: string;
  /** Where one trial is as long as a measurement of its own, fewer of them suffice. */
  readonly trialsAtMost?: number;
  readonly measures: readonly CalibrationMeasure[];
  /** The scenario as a mapping in the words of a scenario file, without name, summary and seed. */
  scenario(): Readonly<Record<string, unknown>>;
}

/** Microseconds, or pieces, in one unit. */
export function unitSize(unit: CalibrationUnit): number {
  return unit === 's' ? 1_000_000 : unit === 'ms' ? 1_000 : 1;
}
