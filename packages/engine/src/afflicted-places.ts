import type { Site } from './network/site.ts';

/** AZs and Regions in which something does not work for now; several faults may say so at once. */
export class AfflictedPlaces {
  /** How many faults say so of a place; made with the first one. */
  #faults: Map<string, number> | null = null;

  /** One more fault afflicts the place, until the returned function is called. */
  add(place: string): () => void {
    this.#faults ??= new Map();
    const faults = this.#faults;
    faults.set(place, (faults.get(place) ?? 0) + 1);
    return () => {
      const left = (faults.get(place) ?? 1) - 1;
      if (left === 0) faults.delete(place);
      else faults.set(place, left);
    };
  }

  /** Whether the site lies in an afflicted place. */
  includes({ az, region }: Site): boolean {
    const faults = this.#faults;
    return faults !== null && ((az !== null && faults.has(az)) || faults.has(region));
  }
}
