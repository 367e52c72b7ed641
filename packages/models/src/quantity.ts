import type { Distribution } from '@faultline/clock';
import type { Citation, Grade, Quantity } from './citation.ts';
import type { Timing } from './kind.ts';

/** A timing's default with its origin. */
export function timing(
  distribution: Distribution,
  meaning: string,
  grade: Grade,
  source: string,
  date: string,
): Timing {
  return { distribution, meaning, grade, source, date };
}

/** A number of the data plane with its origin. */
export function quantity(
  value: number,
  unit: string,
  meaning: string,
  grade: Grade,
  source: string,
  date: string,
): Quantity {
  return { value, unit, meaning, grade, source, date };
}

/** The same quantity with a value that the scenario chose. */
export function withValue(from: Quantity, value: number): Quantity {
  return { ...from, value, grade: 'assumed', source: 'the scenario' };
}

/** Timings before any fact has brought them: NaN, which the clock refuses. */
export function undrawn<Name extends string>(table: Readonly<Record<Name, Citation>>): Record<`${Name}Ms`, number> {
  return Object.fromEntries(Object.keys(table).map((name) => [`${name}Ms`, Number.NaN])) as Record<`${Name}Ms`, number>;
}
