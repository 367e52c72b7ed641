/**
 * Puts results that come back in any order into the order in which they were asked for, and hands each on as soon as
 * all before it have been handed on. It keeps only what came too early.
 */
export class BlockShelf<Result> {
  readonly #early = new Map<number, Result>();
  readonly #take: (place: number, result: Result) => void;
  #next = 0;

  constructor(take: (place: number, result: Result) => void) {
    this.#take = take;
  }

  /** `place` counts from 0 without gaps; each is put once. */
  put(place: number, result: Result): void {
    this.#early.set(place, result);
    for (let ready = this.#early.get(this.#next); ready !== undefined; ready = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      this.#take(this.#next, ready);
      this.#next++;
    }
  }
}
