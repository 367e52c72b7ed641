/**
 * What the models predict beside what others measured. Figures are in the unit of their measure; Infinity stands
 * for never.
 */
export interface ValidationReportInput {
  readonly seed: string;
  readonly trials: number;
  readonly cases: readonly CaseResult[];
  /** Measured values that a default was set from, and those that were held out. */
  readonly used: AgreementResult;
  readonly heldOut: AgreementResult;
  readonly notes: readonly string[];
}

export interface AgreementResult {
  readonly inside: number;
  /** Outside, but within a quarter of the predicted median. */
  readonly near: number;
  readonly of: number;
}

/** A measurement by somebody else, set up as it was made. Cases of a group follow one another. */
export interface CaseResult {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  /** What could not be set up as it was. */
  readonly note: string | null;
  readonly trials: number;
  readonly measures: readonly MeasureResult[];
}

export interface MeasureResult {
  readonly title: string;
  /** `client`, `events`, `both` or `server`: who saw it. */
  readonly seenBy: string;
  readonly unit: string;
  /** Single values, or the range in which the quantity was said to lie. */
  readonly measured: { readonly values: readonly number[] } | { readonly from: number; readonly to: number };
  readonly predicted: { readonly p5: number; readonly p50: number; readonly p95: number };
  readonly agreement: AgreementResult;
  readonly usedFor: string | null;
  /** Where it misses, and why as far as is known; null when it does not. */
  readonly remark: string | null;
}

/** Cases by group, in the order in which groups first appear. */
export function grouped(
  cases: readonly CaseResult[],
): readonly { readonly group: string; readonly cases: readonly CaseResult[] }[] {
  const groups = [...new Set(cases.map(({ group }) => group))];
  return groups.map((group) => ({ group, cases: cases.filter((one) => one.group === group) }));
}

/** Values that a table shows one by one; of more it shows the span and their number. */
const SHOWN_SINGLY = 2;

/** As it was told: `20.5 to 39.1 s (8)`, `14, 18 s`, `0 to 5.01 s`. */
export function measuredText({ measured, unit }: Pick<MeasureResult, 'measured' | 'unit'>): string {
  if ('from' in measured) return `${measured.from} to ${measured.to} ${unit}`;
  const { values } = measured;
  if (values.length <= SHOWN_SINGLY) return `${values.join(', ')} ${unit}`;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? `${low} ${unit} (${values.length})` : `${low} to ${high} ${unit} (${values.length})`;
}

/** Three digits, and never an exponent. */
export function figure(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'never';
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(Number(value.toPrecision(3)).toFixed(3));
  return String(rounded === 0 ? 0 : rounded);
}
