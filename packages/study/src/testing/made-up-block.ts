import { type BlockColumns, columnsOf } from '../block-columns.ts';
import type { TrialSummary } from '../trial-summary.ts';

/** What a block would yield, were the outcome of each of its trials what `outcome` says. */
export function madeUpBlock(
  { from, to }: { readonly from: number; readonly to: number },
  outcome: (trial: number) => TrialSummary,
): BlockColumns {
  return columnsOf(
    from,
    Array.from({ length: to - from + 1 }, (_, index) => outcome(from + index)),
  );
}
