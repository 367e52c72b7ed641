import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { type Simplification, simplifications } from './simpler.ts';

/** Tries at the most. Enough for the largest random scenario; a search that goes on looks stuck to whoever waits. */
const TRIES_MAX = 3_000;

export interface Shrunk {
  readonly scenario: Scenario;
  /** How many candidates were run. */
  readonly tries: number;
}

/**
 * The simplest scenario that still fails and to which steps lead that all fail. Deterministic: each way to simplify is
 * followed as far as it goes, and all of them again until none helps.
 */
export function shrink(
  failing: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
  fails: (candidate: Scenario) => boolean,
): Shrunk {
  let scenario = failing;
  let tries = 0;
  const firstFailing = (candidates: Iterable<Scenario>): Scenario | null => {
    for (const candidate of candidates) {
      if (tries >= TRIES_MAX) return null;
      tries++;
      if (fails(candidate)) return candidate;
    }
    return null;
  };
  const ways = simplifications(kinds);
  // When each in turn has found nothing, no simpler scenario fails.
  for (let turn = 0, fruitless = 0; fruitless < ways.length; turn++) {
    const way = ways[turn % ways.length] as Simplification;
    const before = scenario;
    for (let next = firstFailing(way(scenario)); next !== null; next = firstFailing(way(scenario))) scenario = next;
    fruitless = scenario === before ? fruitless + 1 : 1;
  }
  return { scenario, tries };
}
