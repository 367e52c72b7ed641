import type { RareTrial } from './rare-block.ts';

/** One draw that every trial may make. */
export interface PilotDraw {
  readonly stream: string;
  readonly draw: number;
}

/** A trial of a pilot: how it ended, and the cumulative hazards of its draws, `draws` by their places. */
export interface PilotTrial extends Omit<RareTrial, 'hazards'> {
  readonly draws: Uint32Array;
  readonly hazards: Float64Array;
}

/**
 * The trials of one look of a pilot. A trial makes some hundred draws, which are mostly those of the others: each is
 * named once for all trials, so that twenty thousand of them are a hundred megabytes and not a thousand.
 */
export class PilotTrials {
  readonly #all: PilotTrial[] = [];
  readonly #draws: PilotDraw[] = [];
  /** Places of draws, by stream and number. */
  readonly #places = new Map<string, Map<number, number>>();

  get all(): readonly PilotTrial[] {
    return this.#all;
  }

  add({ hazards: named, ...outcome }: RareTrial): void {
    const draws = new Uint32Array(named.length);
    const hazards = new Float64Array(named.length);
    for (let index = 0; index < named.length; index++) {
      const { stream, draw, hazard } = named[index] as RareTrial['hazards'][number];
      draws[index] = this.#placeOf(stream, draw);
      hazards[index] = hazard;
    }
    this.#all.push({ ...outcome, draws, hazards });
  }

  /** The draw of a place that some trial names. */
  drawAt(place: number): PilotDraw {
    return this.#draws[place] as PilotDraw;
  }

  #placeOf(stream: string, draw: number): number {
    let places = this.#places.get(stream);
    if (places === undefined) {
      places = new Map();
      this.#places.set(stream, places);
    }
    let place = places.get(draw);
    if (place === undefined) {
      place = this.#draws.push({ stream, draw }) - 1;
      places.set(draw, place);
    }
    return place;
  }
}
