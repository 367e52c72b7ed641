import type { Lane, Model } from './model.ts';

/** The run that the page shows when it shows one: in a race, the first. */
export function viewedLane(model: Model): Lane | null {
  return model.lanes[0] ?? null;
}
