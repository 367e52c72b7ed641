/**
 * The pieces that some of `texts` are put together from, if it can be told: no piece is empty, comes twice, or is the
 * beginning of another, so that a text falls into pieces in one way only. Undefined if it cannot be told.
 */
export function uniquePiecesRead(pieces: readonly string[], texts: readonly string[]): ReadonlySet<string> | undefined {
  const sorted = [...pieces].sort();
  for (const [index, piece] of sorted.entries())
    if (piece === '' || sorted[index + 1]?.startsWith(piece) === true) return undefined;
  const read = new Set<string>();
  for (const text of texts) {
    for (let at = 0; at < text.length; ) {
      const piece = pieceAt(text, at, sorted);
      // This text can never be: whoever reads it is told so by the search.
      if (piece === undefined) break;
      read.add(piece);
      at += piece.length;
    }
  }
  return read;
}

/** Of sorted pieces none of which begins another, only the last that is not above the rest can be its beginning. */
function pieceAt(text: string, at: number, sorted: readonly string[]): string | undefined {
  const rest = text.slice(at);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) <= rest) low = middle + 1;
    else high = middle;
  }
  const piece = sorted[low - 1];
  return piece !== undefined && rest.startsWith(piece) ? piece : undefined;
}
