const BETWEEN_PARTS = ' & ';

/** The parts of a chart that run side by side, from a state record, e.g. `care & service.failing & redundancy.whole`. */
export function partsOf(state: string): readonly string[] {
  return state.split(BETWEEN_PARTS);
}

/** The parts that were not there before: all of them where nothing was, or where nothing but the phase changed. */
export function changedParts(parts: readonly string[], before: readonly string[] = []): string {
  const told = parts.filter((part) => !isSilent(part));
  const changed = told.filter((part) => !before.includes(part));
  const shown = changed.length > 0 ? changed : told;
  return (shown.length > 0 ? shown : parts).join(BETWEEN_PARTS);
}

/** A part without states of its own, which only listens: there is nothing to tell of it. */
function isSilent(part: string): boolean {
  return !part.includes('.');
}
