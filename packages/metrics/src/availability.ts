import type { TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';
import { perOperation } from './per-operation.ts';
import { RUN_ENDED } from './recovery/cohort-recovery.ts';

const SECOND_US = 1_000_000;

/** Outcomes by the second in which operations were invoked: element 0 is the first second of the run. */
export interface AvailabilityResult {
  readonly cohort: string;
  readonly action: 'write' | 'read';
  readonly ok: readonly number[];
  readonly failed: readonly number[];
  readonly indeterminate: readonly number[];
  /** Share of all operations that succeeded, 0 to 1; null when none ended. */
  readonly availability: number | null;
}

class Seconds {
  readonly ok: number[] = [];
  readonly failed: number[] = [];
  readonly indeterminate: number[] = [];

  count(second: number, outcome: 'ok' | 'fail' | 'indeterminate'): void {
    for (const counts of [this.ok, this.failed, this.indeterminate]) while (counts.length <= second) counts.push(0);
    const counts = outcome === 'ok' ? this.ok : outcome === 'fail' ? this.failed : this.indeterminate;
    counts[second] = (counts[second] as number) + 1;
  }
}

export class AvailabilityFold implements Fold<readonly AvailabilityResult[]> {
  readonly #seconds = perOperation(() => new Seconds());

  add(record: TraceRecord): void {
    if (record.type !== 'op' || record.error === RUN_ENDED) return;
    this.#seconds.of(record).count(Math.floor(record.invokedAtUs / SECOND_US), record.outcome);
  }

  result(): readonly AvailabilityResult[] {
    return this.#seconds.map((cohort, action, { ok, failed, indeterminate }) => {
      const succeeded = sum(ok);
      const all = succeeded + sum(failed) + sum(indeterminate);
      return { cohort, action, ok, failed, indeterminate, availability: all === 0 ? null : succeeded / all };
    });
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
