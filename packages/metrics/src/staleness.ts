import type { TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';
import { Histogram } from './histogram.ts';

/** Reads that were served something older than what had been acknowledged. Percentiles are of the stale reads only. */
export interface StalenessResult {
  readonly cohort: string;
  /** Successful reads. */
  readonly reads: number;
  readonly stale: number;
  readonly p50Us: number | null;
  readonly p99Us: number | null;
  readonly maxUs: number;
}

export class StalenessFold implements Fold<readonly StalenessResult[]> {
  readonly #cohorts = new Map<string, { reads: number; readonly stale: Histogram }>();

  add(record: TraceRecord): void {
    if (record.type !== 'op' || record.action !== 'read' || record.outcome !== 'ok') return;
    let cohort = this.#cohorts.get(record.cohort);
    if (!cohort) {
      cohort = { reads: 0, stale: new Histogram() };
      this.#cohorts.set(record.cohort, cohort);
    }
    cohort.reads++;
    if (record.staleUs !== undefined && record.staleUs > 0) cohort.stale.add(record.staleUs);
  }

  result(): readonly StalenessResult[] {
    return [...this.#cohorts].map(([cohort, { reads, stale }]) => ({
      cohort,
      reads,
      stale: stale.count,
      p50Us: stale.quantile(0.5),
      p99Us: stale.quantile(0.99),
      maxUs: stale.largest,
    }));
  }
}
