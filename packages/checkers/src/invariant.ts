import type { HeaderRecord, TraceRecord } from '@faultline/trace';

/** Who says that it holds, and where. */
export interface PromiseSource {
  /** The promise in the words of its maker, shortened but not sharpened. */
  readonly promise: string;
  /** Title of the page or paper, e.g. `Amazon RDS User Guide, Concepts.MultiAZSingleStandby`. */
  readonly source: string;
  /** When it was published or read, e.g. `2026-04`. */
  readonly date: string;
}

/** One breach of an invariant: enough for a person to find the place in the trace and to see why it is wrong. */
export interface Violation {
  readonly invariant: string;
  /** The instant of the record that completes the breach, in simulated microseconds. */
  readonly atUs: number;
  readonly database: string | null;
  /** One full sentence with the names and numbers of this breach. */
  readonly what: string;
  /** The records that show it, in the order of the trace. At most ten. */
  readonly evidence: readonly TraceRecord[];
}

/** Watches one run. It is shown every record once, in order; it keeps no more than it needs. */
export interface Watch {
  /** The breaches that this record completes; an empty array, which may be shared, for none. */
  add(record: TraceRecord): readonly Violation[];
  /** What can only be told when the run is over (liveness, convergence). */
  end(): readonly Violation[];
}

/** A property that has to hold in every run of the kinds that it is declared for. One file each. */
export interface Invariant {
  /** Kebab-case; a scenario may name it under `expect.always`. */
  readonly name: string;
  /** One sentence: what holds. */
  readonly meaning: string;
  readonly promisedBy: readonly PromiseSource[];
  /** The types of record that it has to be shown; all when left out. Others are shown to it in vain. */
  readonly hears?: readonly TraceRecord['type'][];
  /** Whether it speaks of anything in this run; told from the header alone. */
  applies(header: HeaderRecord): boolean;
  /** Begins to watch a run that has this header. */
  watch(header: HeaderRecord): Watch;
}
