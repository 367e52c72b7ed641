import type { Extent } from './extent.ts';

/** Where play is to go as soon as the simulation has got there. */
export type Goal =
  /** Shown whole, as a snapshot. */
  | { readonly kind: 'seek'; readonly atUs: number }
  /** As if time had passed: the records in between follow. */
  | { readonly kind: 'show'; readonly atUs: number }
  /** To the next turning point. */
  | { readonly kind: 'step' };

/** The instant that a goal comes to, from a position; Infinity for one that is not known yet. */
export function instantOf(goal: Goal, positionUs: number, extent: Extent): number {
  const atUs = goal.kind === 'step' ? extent.nextTurningPointUs(positionUs) : goal.atUs;
  return Math.min(atUs, extent.endUs);
}

/** The instant that somebody asked for by name. */
export function wantedUs(goal: Goal | null): number | null {
  return goal === null || goal.kind === 'step' ? null : goal.atUs;
}
