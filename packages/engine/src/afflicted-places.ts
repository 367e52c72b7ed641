import type { Site } from './network/site.ts';

/** AZs and Regions in which something does not work for now; several faults may say so at once. */
export class AfflictedPlaces {
  readonly #faults = new Map<string, number>();

  /** One more fault afflicts the place, until the returned function is called. */
  add(place: string): () => void {
    this.#faults.set(place, (this.#faults.get(place) ?? 0) + 1);
    return () => {
      const left = (this.#faults.get(place) ?? 1) - 1;
      if (left === 0) this.#faults.delete(place);
      else this.#faults.set(place, left);
    };
  }

  /** Whether the site lies in an afflicted place. */
  includes({ az, region }: Site): boolean {
    return (az !== null && this.#faults.has(az)) || this.#faults.has(region);
  }
}
