import type { Network } from '../../network/network.ts';
import type { Path } from '../../network/path.ts';
import type { Site } from '../../network/site.ts';

/** The two directions between clients and another site. */
export interface Ways {
  readonly out: Path;
  readonly back: Path;
}

/** The ways from one site to all others, each looked up once: an outage asks for them with every attempt. */
export class WaysFrom {
  readonly #network: Network;
  readonly #site: Site;
  /** By the index of the site at the other end. */
  readonly #ways: Ways[] = [];

  constructor(network: Network, site: Site) {
    this.#network = network;
    this.#site = site;
  }

  to(site: Site): Ways {
    let ways = this.#ways[site.index];
    if (ways === undefined) {
      ways = { out: this.#network.path(this.#site, site), back: this.#network.path(site, this.#site) };
      this.#ways[site.index] = ways;
    }
    return ways;
  }
}

/** Whether a message that leaves now meets open paths, there and back. */
export function isClear(out: Path, back: Path, nowUs: number): boolean {
  return out.open && back.open && out.closedAtUs < nowUs && back.closedAtUs < nowUs;
}
