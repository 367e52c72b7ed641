const CAPACITY_MIN = 64;

/** Where a column begins: most stay empty, and memory outside of the heap is dear. */
const NOTHING = new Float64Array(0);

/** A growing list of numbers without an object for each: millions of operations fit. */
export class Column {
  #values = NOTHING;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(Math.max(CAPACITY_MIN, this.#length * 2));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** Only for `0 <= index < length`. */
  at(index: number): number {
    return this.#values[index] as number;
  }

  /** Index of the first value greater than `value`, or `length`. Only for a column that ascends. */
  firstAbove(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] as number) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
