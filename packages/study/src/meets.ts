import type { Study } from '@faultline/scenario';
import type { BlockColumns } from './block-columns.ts';

/** Which objectives one trial meets; one that is not set is always met. `index` counts the trials of the block from 0. */
export function meets(
  { rtoUs, rpoUs }: Study['objectives'],
  { recoveryUs, lost, lossSpanUs }: BlockColumns,
  index: number,
): { readonly rto: boolean; readonly rpo: boolean } {
  return {
    rto: rtoUs === null || (recoveryUs[index] as number) <= rtoUs,
    // A recovery point of 0 allows no lost write at all, not even one that was acknowledged as the fault came.
    rpo: rpoUs === null || (rpoUs === 0 ? lost[index] === 0 : (lossSpanUs[index] as number) <= rpoUs),
  };
}
