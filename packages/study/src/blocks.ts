/** Trials of one block: long enough to hide the way to a worker, short enough for a progress bar. */
const TRIALS_PER_BLOCK = 25;

/** Trial numbers 1 to `trials` in blocks, both ends of each included. */
export function blocks(trials: number): readonly { readonly from: number; readonly to: number }[] {
  return blocksOf(1, trials);
}

/** Trial numbers `first` to `last` in blocks, both ends of each included. */
export function blocksOf(
  first: number,
  last: number,
  size = TRIALS_PER_BLOCK,
): readonly { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil((last - first + 1) / size) }, (_, index) => ({
    from: first + index * size,
    to: Math.min(last, first + (index + 1) * size - 1),
  }));
}
