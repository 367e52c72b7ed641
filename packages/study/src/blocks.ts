/** Trials of one block: long enough to hide the way to a worker, short enough for a progress bar. */
const TRIALS_PER_BLOCK = 25;

/** Trial numbers 1 to `trials` in blocks, both ends of each included. */
export function blocks(trials: number): readonly { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil(trials / TRIALS_PER_BLOCK) }, (_, index) => ({
    from: index * TRIALS_PER_BLOCK + 1,
    to: Math.min(trials, (index + 1) * TRIALS_PER_BLOCK),
  }));
}
