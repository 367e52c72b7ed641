import { type Agreement, agreement, type Band, bandOf, missOf } from './band.ts';
import type { CalibrationCase, CalibrationMeasure } from './calibration-case.ts';

/** What the models predict beside what was measured. Figures are in the unit of their measure; Infinity stands for never. */
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

export interface CaseValidation {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  readonly note: string | null;
  readonly trials: number;
  readonly measures: readonly MeasureValidation[];
}

export interface MeasureValidation extends Pick<CalibrationMeasure, 'id' | 'title' | 'seenBy' | 'unit' | 'measured'> {
  readonly predicted: Band;
  /** Of the measured values, those between p5 and p95; a measured range counts as one, inside when it holds p50. */
  readonly agreement: Agreement;
  /** The default that was set from it; null where it was held out. */
  readonly usedFor: string | null;
  /** Where and, as far as is known, why it misses; null when it does not. */
  readonly remark: string | null;
}

/** The validation of one case out of its trials' values, one column for each measure. */
export function caseValidation(one: CalibrationCase, columns: readonly (readonly (number | null)[])[]): CaseValidation {
  const { id, group, title, source, date, note = null } = one;
  return {
    ...{ id, group, title, source, date, note },
    trials: columns[0]?.length ?? 0,
    measures: one.measures.map((measure, index) => measureValidation(measure, columns[index] as (number | null)[])),
  };
}

function measureValidation(measure: CalibrationMeasure, values: readonly (number | null)[]): MeasureValidation {
  const { id, title, seenBy, unit, measured, usedFor = null, caveat } = measure;
  const predicted = bandOf(values);
  const miss = missOf(measured, predicted);
  const remark = miss === null ? null : caveat === undefined ? miss : `${miss}: ${caveat}`;
  return { id, title, seenBy, unit, measured, predicted, agreement: agreement(measured, predicted), usedFor, remark };
}

/** The sums over all cases. */
export function agreementOf(cases: readonly CaseValidation[], used: boolean): Agreement {
  const measures = cases.flatMap((one) => one.measures).filter(({ usedFor }) => (usedFor !== null) === used);
  const sum = (count: keyof Agreement): number => measures.reduce((total, { agreement: one }) => total + one[count], 0);
  return { inside: sum('inside'), near: sum('near'), of: sum('of') };
}
