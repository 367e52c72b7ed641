/**
 * Trials of one block: the unit in which trials are handed out, stopped and resumed. Each costs whoever hands it out
 * about a tenth of a millisecond, so they grow with the trials before them, up to what a worker is at for a moment;
 * in the beginning they are small, so that few trials are enough for all workers. The last one to be finished, for
 * which other workers may have to wait, is never more than a small share of all.
 */
export const BLOCK_SIZES: BlockSizes = { least: 25, most: 1_000 };
const SHARE_OF_THOSE_BEFORE = 1 / 64;

/** Blocks of one round at the most. They, and what comes back early, are all that is in memory at a time. */
export const BLOCKS_PER_ROUND = 1_024;

/** Trials of the smallest and of the largest blocks, at least 1. */
export interface BlockSizes {
  readonly least: number;
  readonly most: number;
}

/** Trial numbers `from` to `to`, both included. */
export interface Trials {
  readonly from: number;
  readonly to: number;
}

/** Trial numbers 1 to `trials` in blocks. */
export function blocks(trials: number): readonly Trials[] {
  return blocksOf(1, trials);
}

/**
 * Trial numbers `first` to `last` in blocks. Where a block ends depends on where it begins alone: more trials have the
 * same blocks, and some more, so that what was kept of fewer is known again.
 */
export function blocksOf(first: number, last: number, sizes: BlockSizes = BLOCK_SIZES): readonly Trials[] {
  const found: Trials[] = [];
  for (let from = first; from <= last; ) {
    const to = Math.min(last, from + sizeAt(from, sizes) - 1);
    found.push({ from, to });
    from = to + 1;
  }
  return found;
}

/** The first `count` of the blocks of trial numbers `first` to `last`, however many there are. */
export function firstBlocks(
  count: number,
  first: number,
  last: number,
  sizes: BlockSizes = BLOCK_SIZES,
): readonly Trials[] {
  const upTo = Math.min(last, first - 1 + count * sizes.most);
  return blocksOf(first, upTo, sizes).slice(0, count);
}

function sizeAt(trial: number, { least, most }: BlockSizes): number {
  return Math.min(most, Math.max(least, Math.floor(trial * SHARE_OF_THOSE_BEFORE)));
}
