import type { Agenda, Distribution, RandomStreams } from '@faultline/clock';
import type { LinkSpec } from '@faultline/scenario';
import { type Quantile, quantileOf } from '../tabulated.ts';
import { latencyDefaults, regionPair } from './latency-matrix.ts';
import { Path } from './path.ts';
import type { Site } from './site.ts';

/** What a fault does to messages from one set of sites to another. */
export interface Disturbance {
  readonly touches: (from: Site, to: Site) => boolean;
  readonly blocks?: boolean;
  readonly slowdown?: number;
  readonly lossProbability?: number;
  /** When the loss is over; never, where nothing is said. */
  readonly lossEndsAtUs?: number;
}

/** Sites, and the paths between them under all disturbances that hold now. */
export class Network {
  readonly #agenda: Agenda;
  readonly #streams: RandomStreams;
  readonly #links: readonly LinkSpec[];
  readonly #sites = new Map<string, Site>();
  #siteCount = 0;
  /** In the order in which they were made, which is the order in which they open again. */
  readonly #paths: Path[] = [];
  /** The same by the index of the site that they begin at, then by that of the other one. */
  readonly #pathsFrom: Path[][] = [];
  #disturbances: readonly Disturbance[] = [];
  readonly #quantileOf = (from: Site, to: Site): Quantile => quantileOf(this.#latency(from, to));

  constructor(agenda: Agenda, streams: RandomStreams, links: readonly LinkSpec[]) {
    this.#agenda = agenda;
    this.#streams = streams;
    this.#links = links;
  }

  site(name: string, region: string, az: string | null): Site {
    const known = this.#sites.get(name);
    if (known) return known;
    const site = this.newSite(name, region, az);
    this.#sites.set(name, site);
    return site;
  }

  /** A site for somebody who keeps it: nobody will ask for it by its name. */
  newSite(name: string, region: string, az: string | null): Site {
    return { name, region, az, index: this.#siteCount++ };
  }

  path(from: Site, to: Site): Path {
    return this.#pathsFrom[from.index]?.[to.index] ?? this.#newPath(from, to);
  }

  /** Whether two sites can talk: messages pass in both directions. */
  connects(a: Site, b: Site): boolean {
    return this.path(a, b).open && this.path(b, a).open;
  }

  /** The same for sites of which one only looks at the other: no messages of theirs wait or are lost on the way. */
  sees(a: Site, b: Site): boolean {
    return this.#disturbances.length === 0 || (this.#passes(a, b) && this.#passes(b, a));
  }

  /** Begins a disturbance; the returned function ends it. */
  disturb(disturbance: Disturbance): () => void {
    this.#disturbances = [...this.#disturbances, disturbance];
    this.#refresh();
    return () => {
      this.#disturbances = this.#disturbances.filter((other) => other !== disturbance);
      this.#refresh();
    };
  }

  #newPath(from: Site, to: Site): Path {
    const path = new Path(from, to, this.#quantileOf, this.#streams, this.#agenda);
    if (this.#disturbances.length > 0) this.#apply(path);
    this.#paths.push(path);
    let row = this.#pathsFrom[from.index];
    if (!row) {
      // A list that grows up to a place takes far more room than the few sites of a short run need.
      row = new Array<Path>(this.#siteCount);
      this.#pathsFrom[from.index] = row;
    }
    row[to.index] = path;
    return path;
  }

  #refresh(): void {
    const reopened: Path[] = [];
    for (const path of this.#paths) {
      const wasOpen = path.open;
      this.#apply(path);
      if (!wasOpen && path.open) reopened.push(path);
    }
    for (const path of reopened) for (const resume of path.takeWaiting()) resume();
  }

  #apply(path: Path): void {
    const open = this.#passes(path.from, path.to);
    let slowdown = 1;
    let delivery = 1;
    let lossEndsAtUs = 0;
    for (const disturbance of this.#disturbances) {
      if (!disturbance.touches(path.from, path.to)) continue;
      slowdown *= disturbance.slowdown ?? 1;
      if (disturbance.lossProbability === undefined) continue;
      delivery *= 1 - disturbance.lossProbability;
      lossEndsAtUs = Math.max(lossEndsAtUs, disturbance.lossEndsAtUs ?? Number.POSITIVE_INFINITY);
    }
    if (path.open && !open) path.closedAtUs = this.#agenda.nowUs;
    path.open = open;
    path.slowdown = slowdown;
    path.lossProbability = 1 - delivery;
    path.lossEndsAtUs = lossEndsAtUs;
  }

  /** Whether anything gets through from one site to the other. */
  #passes(from: Site, to: Site): boolean {
    let delivery = 1;
    for (const { touches, blocks, lossProbability } of this.#disturbances) {
      if (!touches(from, to)) continue;
      if (blocks) return false;
      delivery *= 1 - (lossProbability ?? 0);
    }
    // A link that loses everything is a link that is cut.
    return delivery !== 0;
  }

  #latency(from: Site, to: Site): Distribution {
    for (const { between, oneWay } of this.#links) {
      const [a, b] = between;
      if ((isAt(from, a) && isAt(to, b)) || (isAt(from, b) && isAt(to, a))) return oneWay;
    }
    if (from.region !== to.region) return regionPair(from.region, to.region);
    const { sameAz, crossAz } = latencyDefaults;
    return (from.az !== null && from.az === to.az ? sameAz : crossAz).distribution;
  }
}

/** Whether a site is the named cohort, node or AZ, or lies in the named Region. */
export function isAt(site: Site, place: string): boolean {
  return site.name === place || site.az === place || site.region === place;
}
