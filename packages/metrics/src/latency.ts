import type { TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';
import { Histogram } from './histogram.ts';
import { perOperation } from './per-operation.ts';

/** How long successful operations took, in microseconds, to within 3 %. */
export interface LatencyResult {
  readonly cohort: string;
  readonly action: 'write' | 'read';
  readonly count: number;
  readonly p50Us: number | null;
  readonly p95Us: number | null;
  readonly p99Us: number | null;
  readonly maxUs: number;
}

export class LatencyFold implements Fold<readonly LatencyResult[]> {
  readonly #histograms = perOperation(() => new Histogram());

  add(record: TraceRecord): void {
    if (record.type === 'op' && record.outcome === 'ok')
      this.#histograms.of(record).add(record.atUs - record.invokedAtUs);
  }

  result(): readonly LatencyResult[] {
    return this.#histograms.map((cohort, action, histogram) => ({
      cohort,
      action,
      count: histogram.count,
      p50Us: histogram.quantile(0.5),
      p95Us: histogram.quantile(0.95),
      p99Us: histogram.quantile(0.99),
      maxUs: histogram.largest,
    }));
  }
}
