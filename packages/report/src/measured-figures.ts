import type { CaseValidation, MeasureValidation } from '@faultline/metrics';

/** Cases by group, in the order in which groups first appear. */
export function grouped(
  cases: readonly CaseValidation[],
): readonly { readonly group: string; readonly cases: readonly CaseValidation[] }[] {
  const groups = [...new Set(cases.map(({ group }) => group))];
  return groups.map((group) => ({ group, cases: cases.filter((one) => one.group === group) }));
}

/** Values that a table shows one by one; of more it shows the span and their number. */
const SHOWN_SINGLY = 2;

/** As it was told: `20.5 to 39.1 s (8)`, `14, 18 s`, `0 to 5.01 s`. */
export function measuredText({ measured, unit }: Pick<MeasureValidation, 'measured' | 'unit'>): string {
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
