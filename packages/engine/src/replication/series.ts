const CAPACITY_MIN = 64;

/** Where a column begins: most stay empty, and memory outside of the heap is dear. */
const NOTHING = new Float64Array(0);

/** A growing column of numbers; the columns of the data plane hold instants that never decrease. */
export class Series {
  #values = NOTHING;
  /** Values in `#values`. */
  #held = 0;
  /** How many values came before those, and the last of them. */
  #forgotten = 0;
  #lastForgotten = 0;

  get length(): number {
    return this.#forgotten + this.#held;
  }

  push(value: number): void {
    if (this.#held === this.#values.length) {
      const grown = new Float64Array(Math.max(CAPACITY_MIN, this.#held * 2));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#held++] = value;
  }

  /** The value at `index`, which has to exist. In place of a forgotten value: the last one that was forgotten. */
  at(index: number): number {
    return index < this.#forgotten ? this.#lastForgotten : (this.#values[index - this.#forgotten] as number);
  }

  /** The newest value, or `otherwise` when there is none. */
  last(otherwise: number): number {
    if (this.#held > 0) return this.#values[this.#held - 1] as number;
    return this.#forgotten > 0 ? this.#lastForgotten : otherwise;
  }

  truncate(length: number): void {
    if (length >= this.length) return;
    this.#forgotten = Math.min(this.#forgotten, length);
    this.#held = length - this.#forgotten;
  }

  /** How many values are at most `limit`; the column has to be sorted, and what was forgotten has to be at most `limit`. */
  countUpTo(limit: number): number {
    const values = this.#values;
    let low = 0;
    let high = this.#held;
    if (high > 0 && (values[high - 1] as number) <= limit) return this.#forgotten + high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) <= limit) low = middle + 1;
      else high = middle;
    }
    return this.#forgotten + low;
  }

  /**
   * Gives up the memory of the first `count` values, when that is worth while. Their number is kept, and `at` goes on to
   * answer for them with a value that lies between them and the next one.
   */
  forget(count: number): void {
    const dropped = count - this.#forgotten;
    if (dropped < FORGET_FROM || dropped * 2 < this.#held) return;
    this.#lastForgotten = this.#values[dropped - 1] as number;
    this.#values.copyWithin(0, dropped, this.#held);
    this.#held -= dropped;
    this.#forgotten = count;
  }
}

/** Fewer values are not worth moving the others. */
const FORGET_FROM = 1_024;
