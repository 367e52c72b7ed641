import type { Site } from '../network/site.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where health checks of a database come from: the place that the scenario names, or the control plane of the Region in which they look. */
export class Eyes {
  readonly #world: Surroundings;
  readonly #database: string;
  readonly #observer: string | null;
  readonly #sites = new Map<string, Site>();

  constructor(world: Surroundings, database: string, observer: string | null) {
    this.#world = world;
    this.#database = database;
    this.#observer = observer;
  }

  /** Those that look after nodes in `region`. */
  in(region: string): Site {
    let site = this.#sites.get(region);
    if (!site) {
      site = this.#siteIn(region);
      this.#sites.set(region, site);
    }
    return site;
  }

  #siteIn(region: string): Site {
    if (this.#observer !== null) return this.#world.place(`${this.#database}/observer`, this.#observer);
    return this.#world.network.site(`control-plane/${region}`, region, null);
  }
}
