import type { Scenario } from '@faultline/scenario';
import { toJson } from './block-json.ts';

/** More cells than most grids have. */
const MOST = 64;

/**
 * Scenarios that blocks came with lately. Each block comes with a copy of its own, but what depends on a scenario alone
 * (layouts, tables, charts) is kept with the object that it was worked out of: four trials' worth of time for each.
 */
export class KnownScenarios {
  /** By what they say, those asked for last at the end. */
  readonly #known = new Map<string, Scenario>();

  /** The same object for all scenarios that say the same. */
  one(scenario: Scenario): Scenario {
    const text = toJson(scenario);
    const known = this.#known.get(text) ?? scenario;
    this.#known.delete(text);
    this.#known.set(text, known);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value as string);
    return known;
  }
}
