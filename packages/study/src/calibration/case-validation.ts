import type { Agreement, CaseValidation, MeasureValidation, QuantileSketch } from '@faultline/metrics';
import { agreement, bandOf, missOf } from './band.ts';
import { type CalibrationCase, type CalibrationMeasure, unitSize } from './calibration-case.ts';

/** The validation of one case out of what its trials measured, one sketch for each measure. */
export function caseValidation(
  one: CalibrationCase,
  trials: number,
  values: readonly QuantileSketch[],
): CaseValidation {
  const { id, group, title, source, date, note = null } = one;
  return {
    ...{ id, group, title, source, date, note, trials },
    measures: one.measures.map((measure, index) => measureValidation(measure, values[index] as QuantileSketch)),
  };
}

function measureValidation(measure: CalibrationMeasure, values: QuantileSketch): MeasureValidation {
  const { id, title, seenBy, unit, measured, usedFor = null, caveat } = measure;
  const predicted = bandOf(values, unitSize(unit));
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
