import type { KindComparison } from '@faultline/metrics';

/** The shortest median recovery first; of equal ones the shorter tail, then the smaller loss, then by name. */
export function ranked(kinds: readonly KindComparison[]): readonly KindComparison[] {
  return [...kinds].sort(
    (a, b) =>
      byNumber(a.recoveryTime.p50.value, b.recoveryTime.p50.value) ||
      byNumber(a.recoveryTime.p95.value, b.recoveryTime.p95.value) ||
      byNumber(a.dataLoss.trials.value, b.dataLoss.trials.value) ||
      (a.kind < b.kind ? -1 : 1),
  );
}

/** Place of each in the ranked list, from 1; those whose medians read the same share a place. */
export function placesOf(sorted: readonly KindComparison[], shown: (us: number) => string): readonly number[] {
  const places: number[] = [];
  for (const [index, { recoveryTime }] of sorted.entries()) {
    const before = sorted[index - 1];
    const tied = before !== undefined && shown(before.recoveryTime.p50.value) === shown(recoveryTime.p50.value);
    places.push(tied ? (places[index - 1] as number) : index + 1);
  }
  return places;
}

/** Infinity less Infinity is no number: two that never recover are equal. */
function byNumber(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A comparison as plain JSON: Infinity becomes `"never"`, minus Infinity (a difference to what never recovers) `"-never"`. */
export function compareJson(value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return 'never';
  if (value === Number.NEGATIVE_INFINITY) return '-never';
  if (Array.isArray(value)) return value.map(compareJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compareJson(inner)]));
}
