/** Limits of a measure, both included; null where there is none. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export type VerdictKind = 'objective' | 'always' | 'eventually' | 'sometimes' | 'event-order' | 'measure';

/** Whether one expectation of the scenario came true. */
export interface Verdict {
  /** As the scenario writes it, e.g. `rto`, `single-writer`, `recoveryTime`. */
  readonly name: string;
  readonly kind: VerdictKind;
  /** `inconclusive`: the run ended before it could be told. */
  readonly held: boolean | 'inconclusive';
  /** What the numbers in `found` and `expected` are: durations are in microseconds. */
  readonly unit: 'duration' | 'count' | 'text';
  /** Null for a duration that did not end. */
  readonly found: number | string | null;
  readonly expected: Bounds | string;
}

/** A verdict in words. */
export function inWords(
  kind: VerdictKind,
  name: string,
  held: Verdict['held'],
  found: string,
  expected: string,
): Verdict {
  return { name, kind, held, unit: 'text', found, expected };
}
