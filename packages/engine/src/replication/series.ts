/** A growing column of numbers; the columns of the data plane hold instants that never decrease. */
export class Series {
  #values = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** The value at `index`, which has to exist. */
  at(index: number): number {
    return this.#values[index] as number;
  }

  /** The newest value, or `otherwise` when there is none. */
  last(otherwise: number): number {
    return this.#length === 0 ? otherwise : (this.#values[this.#length - 1] as number);
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  truncate(length: number): void {
    if (length < this.#length) this.#length = length;
  }

  /** How many values are at most `limit`; the column has to be sorted. */
  countUpTo(limit: number): number {
    const values = this.#values;
    let low = 0;
    let high = this.#length;
    if (high > 0 && (values[high - 1] as number) <= limit) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) <= limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
