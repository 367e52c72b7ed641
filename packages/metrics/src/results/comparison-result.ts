import type { Actor } from '@faultline/trace';
import type { Estimate } from '../quantiles.ts';
import type { SegmentPhase } from '../waterfall/segments.ts';

/**
 * One fault on many deployment kinds, many trials of each with common random numbers. Durations are
 * microseconds; Infinity stands for never.
 */
export interface ComparisonResult {
  /** What was done to each kind, in words, e.g. `the writer's host fails`. */
  readonly fault: string;
  readonly seed: string;
  /** Trials of each kind. */
  readonly trials: number;
  /** In any order: reports rank them. */
  readonly kinds: readonly KindComparison[];
  /** What a reader has to know of this comparison beside its figures. */
  readonly notes: readonly string[];
}

export interface KindComparison {
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
  readonly operatorSteps: readonly OperatorStepShare[];
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

/** A person's step, with the shares of the trials in which they were called for it and in which they did it. */
export interface OperatorStepShare {
  readonly step: string;
  readonly who: string;
  readonly calledShare: number;
  readonly doneShare: number;
}
