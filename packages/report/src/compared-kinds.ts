import type { Estimate, SegmentPhase } from '@faultline/metrics';
import type { Actor } from '@faultline/trace';

/**
 * One fault on many deployment kinds, many trials of each with common random numbers. Durations are
 * microseconds; Infinity stands for never. `compareJson` makes it plain JSON.
 */
export interface CompareResult {
  /** What was done to each kind, in words, e.g. `the writer's host fails`. */
  readonly fault: string;
  readonly seed: string;
  /** Trials of each kind. */
  readonly trials: number;
  /** In any order: reports rank them. */
  readonly kinds: readonly KindResult[];
  /** What a reader has to know of this comparison beside its figures. */
  readonly notes: readonly string[];
}

export interface KindResult {
  readonly kind: string;
  readonly title: string;
  /** What was deployed, in a few words, e.g. `writer and two readers in three AZs`. */
  readonly deployed: string;
  readonly recoveryTime: { readonly p50: Estimate; readonly p95: Estimate; readonly p99: Estimate };
  /** Share of the trials in which service did not come back before the run ended. */
  readonly never: Estimate;
  readonly dataLoss: DataLossSummary;
  /** Operations that failed, and that their client could not be sure of, in the median trial. */
  readonly failed: Estimate;
  readonly indeterminate: Estimate;
  /** The outage in parts: the median over the trials of each part, in order. Medians need not add up to the median. */
  readonly phases: readonly PhaseSummary[];
  /** Steps that a person had to take, with the shares of the trials in which each was called for, and done. */
  readonly operatorSteps: readonly {
    readonly step: string;
    readonly who: string;
    readonly calledShare: number;
    readonly doneShare: number;
  }[];
  readonly billing: {
    readonly instances: number;
    readonly storageCopies: number;
    readonly crossAzTransfers: number;
    readonly crossRegionTransfers: number;
    readonly note: string;
  };
  /** What is published of this kind's outages; null when nothing is. */
  readonly documented: { readonly lowUs: number; readonly highUs: number; readonly source: string } | null;
  /**
   * Recovery time against the kind named in `against`, trial by trial under the same random numbers: the median
   * difference. Null for that kind itself.
   */
  readonly difference: { readonly against: string; readonly estimate: Estimate } | null;
}

/** Acknowledged writes that were gone. */
export interface DataLossSummary {
  /** Share of the trials that lost any. */
  readonly trials: Estimate;
  /** Writes lost in the median trial, and in the worst one. */
  readonly p50: number;
  readonly max: number;
  /** How far back from the fault they reached, in the worst trial. */
  readonly spanMaxUs: number;
  /** Acknowledged writes that a concurrent one overwrote, in the median trial. */
  readonly lostUpdatesP50: number;
}

export interface PhaseSummary {
  readonly phase: SegmentPhase;
  /** Null where nobody has to act. */
  readonly actor: Actor | null;
  readonly medianUs: number;
}

/** The shortest median recovery first; of equal ones the shorter tail, then the smaller loss, then by name. */
export function ranked(kinds: readonly KindResult[]): readonly KindResult[] {
  return [...kinds].sort(
    (a, b) =>
      byNumber(a.recoveryTime.p50.value, b.recoveryTime.p50.value) ||
      byNumber(a.recoveryTime.p95.value, b.recoveryTime.p95.value) ||
      byNumber(a.dataLoss.trials.value, b.dataLoss.trials.value) ||
      (a.kind < b.kind ? -1 : 1),
  );
}

/** Place of each in the ranked list, from 1; those whose medians read the same share a place. */
export function placesOf(sorted: readonly KindResult[], shown: (us: number) => string): readonly number[] {
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
