import type { Violation } from '@faultline/checkers';
import { formatDuration } from '@faultline/clock';

/** What the watches have to say of a run: one line when all invariants held, else one for each breach. */
export function watchedLines(watched: readonly string[], breaches: readonly Violation[]): readonly string[] {
  const count = watched.length === 1 ? '1 invariant' : `${watched.length} invariants`;
  if (breaches.length === 0) return [`${count} watched, all held`];
  const broken = new Set(breaches.map(({ invariant }) => invariant)).size;
  return [
    ...breaches.map(({ invariant, atUs, what }) => `broken at ${formatDuration(atUs)}: ${invariant}: ${what}`),
    `${count} watched, ${broken} broken`,
  ];
}
