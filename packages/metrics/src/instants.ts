/** The last of some instants, in order, that lies within a span, both ends included; null when none does. */
export function lastWithin(instantsUs: readonly number[], fromUs: number, toUs: number): number | null {
  for (let place = instantsUs.length - 1; place >= 0; place--) {
    const atUs = instantsUs[place] as number;
    if (atUs <= toUs) return atUs >= fromUs ? atUs : null;
  }
  return null;
}
