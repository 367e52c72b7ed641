import type { BlockColumns } from './block-columns.ts';

/**
 * Recovery times less those of the same trials in another scenario, trial by trial. Two that never recover are equal:
 * their difference is no number.
 */
export function pairedDifferences({ recoveryUs }: BlockColumns, reference: BlockColumns): Float64Array {
  return recoveryUs.map((us, index) =>
    us === reference.recoveryUs[index] ? 0 : us - (reference.recoveryUs[index] as number),
  );
}
