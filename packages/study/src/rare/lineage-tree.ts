import { trialSeed } from '../trial.ts';

const LEAST_ROOM = 1_024;

/** Says of a trial that it begins a lineage. */
export const NO_PARENT = -1;

/** A seed of a lineage, as numbers: that of a trial of some stage, or of one of the steps that it took. */
export interface LineageSeed {
  /** Place of the seed of the stage among those of all stages. */
  readonly stage: number;
  readonly trial: number;
  /** From 1; 0 for the seed of the trial itself. */
  readonly step: number;
}

/**
 * Lineages of many trials. Copies of one trial share all that came before, and a lineage of some dozen seeds differs
 * from others in the last few: each seed is kept once, as three numbers and the place of the one before it.
 */
export class LineageTree {
  readonly #seedOfStage: readonly string[];
  #parents = new Int32Array(0);
  #trials = new Uint32Array(0);
  #stages = new Uint8Array(0);
  #steps = new Uint8Array(0);
  #size = 0;

  /** `seedOfStage`: the seeds of up to 256 stages; more may be added to it later. */
  constructor(seedOfStage: readonly string[]) {
    this.#seedOfStage = seedOfStage;
  }

  /** How many seeds it holds. */
  get size(): number {
    return this.#size;
  }

  /** Bytes of the seeds, and of the room for more. */
  get bytes(): number {
    return [this.#parents, this.#trials, this.#stages, this.#steps].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0,
    );
  }

  /** Adds a seed after that at the place `parent`, or one that begins a lineage. Returns its own place. */
  add(parent: number, { stage, trial, step }: LineageSeed): number {
    if (this.#size === this.#parents.length) this.#makeRoom();
    const place = this.#size++;
    this.#parents[place] = parent;
    this.#trials[place] = trial;
    this.#stages[place] = stage;
    this.#steps[place] = step;
    return place;
  }

  /** The lineage that ends with the seed at this place, the first seed first. */
  lineage(last: number): readonly string[] {
    const seeds: string[] = [];
    for (let place = last; place !== NO_PARENT; place = this.#parents[place] as number) seeds.push(this.#text(place));
    return seeds.reverse();
  }

  /** How many seeds the lineage has that ends with the one at this place. */
  lengthOf(last: number): number {
    let length = 0;
    for (let place = last; place !== NO_PARENT; place = this.#parents[place] as number) length++;
    return length;
  }

  /** Only what the lineages need that end with the seeds at `lasts`, and the places of those in it. */
  pruned(lasts: readonly Int32Array[]): { readonly tree: LineageTree; readonly lasts: readonly Int32Array[] } {
    const isNeeded = new Uint8Array(this.#size);
    for (const places of lasts) {
      for (let place of places) {
        for (; place !== NO_PARENT && isNeeded[place] === 0; place = this.#parents[place] as number)
          isNeeded[place] = 1;
      }
    }
    const tree = new LineageTree(this.#seedOfStage);
    const moved = new Int32Array(this.#size);
    // Whatever comes before another in a lineage was added before it, and so has its new place already.
    for (let place = 0; place < this.#size; place++) {
      if (isNeeded[place] === 0) continue;
      const parent = this.#parents[place] as number;
      moved[place] = tree.add(parent === NO_PARENT ? NO_PARENT : (moved[parent] as number), this.#seed(place));
    }
    return { tree, lasts: lasts.map((places) => places.map((place) => moved[place] as number)) };
  }

  #seed(place: number): LineageSeed {
    return {
      stage: this.#stages[place] as number,
      trial: this.#trials[place] as number,
      step: this.#steps[place] as number,
    };
  }

  #text(place: number): string {
    const { stage, trial, step } = this.#seed(place);
    const own = trialSeed(this.#seedOfStage[stage] as string, trial);
    return step === 0 ? own : stepSeed(own, step);
  }

  #makeRoom(): void {
    const room = Math.max(LEAST_ROOM, Math.ceil(this.#size * 1.5));
    this.#parents = roomier(this.#parents, new Int32Array(room));
    this.#trials = roomier(this.#trials, new Uint32Array(room));
    this.#stages = roomier(this.#stages, new Uint8Array(room));
    this.#steps = roomier(this.#steps, new Uint8Array(room));
  }
}

/** Seed of a step, from 1, of the trial with this seed. */
export function stepSeed(own: string, step: number): string {
  return `${own}.${step}`;
}

/** The step of a seed that `stepSeed` made. */
export function stepOf(seed: string): number {
  return Number(seed.slice(seed.lastIndexOf('.') + 1));
}

function roomier<Numbers extends Int32Array | Uint32Array | Uint8Array>(before: Numbers, empty: Numbers): Numbers {
  empty.set(before);
  return empty;
}
