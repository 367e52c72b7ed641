import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import type { PromiseSource } from './invariant.ts';

/** Looks for one thing in one run. */
export interface Sighting {
  /** The record that shows it; null until there is one. */
  readonly seen: TraceRecord | null;
  add(record: TraceRecord): void;
}

/**
 * Something that nobody promises to prevent, and that therefore has to be seen to happen: a model that never shows it
 * is kinder than the service. Judged over many runs, never over one.
 */
export interface Sometimes {
  /** Kebab-case; a scenario may name it under `expect.sometimes`. */
  readonly name: string;
  /** One sentence: what happens. */
  readonly meaning: string;
  /** Where it says that this can happen, or that no more is promised. */
  readonly admittedBy: readonly PromiseSource[];
  /** Whether it can happen in runs that have this header. */
  applies(header: HeaderRecord): boolean;
  look(header: HeaderRecord): Sighting;
}
