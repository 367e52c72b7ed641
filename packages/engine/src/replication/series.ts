import { numberColumn } from './number-column.ts';

/** A growing column of numbers; the columns of the data plane hold instants that never decrease. */
export class Series {
  // A plain list: most columns stay short, and each typed one would take memory outside of the heap, which costs more than it saves.
  #values = numberColumn();
  /** How many values came before those, and the last of them. */
  #forgotten = 0;
  #lastForgotten = 0;

  get length(): number {
    return this.#forgotten + this.#values.length;
  }

  push(value: number): void {
    const values = this.#values;
    values[values.length] = value;
  }

  /** The value at `index`, which has to exist. In place of a forgotten value: the last one that was forgotten. */
  at(index: number): number {
    return index < this.#forgotten ? this.#lastForgotten : (this.#values[index - this.#forgotten] as number);
  }

  /** The newest value, or `otherwise` when there is none. */
  last(otherwise: number): number {
    const held = this.#values.length;
    if (held > 0) return this.#values[held - 1] as number;
    return this.#forgotten > 0 ? this.#lastForgotten : otherwise;
  }

  truncate(length: number): void {
    if (length >= this.length) return;
    this.#forgotten = Math.min(this.#forgotten, length);
    this.#values.length = length - this.#forgotten;
  }

  /** How many values are at most `limit`; the column has to be sorted, and what was forgotten has to be at most `limit`. */
  countUpTo(limit: number): number {
    const values = this.#values;
    let low = 0;
    let high = values.length;
    if (high > 0 && (values[high - 1] as number) <= limit) return this.#forgotten + high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) <= limit) low = middle + 1;
      else high = middle;
    }
    return this.#forgotten + low;
  }

  /**
   * Gives up the memory of the values that are at most `limit`, when that is worth while. Their number is kept, and `at`
   * goes on to answer for them with a value that lies between them and the next one.
   */
  forgetUpTo(limit: number): void {
    if (this.#values.length < FORGET_FROM) return;
    const dropped = this.countUpTo(limit) - this.#forgotten;
    if (dropped < FORGET_FROM || dropped * 2 < this.#values.length) return;
    this.#lastForgotten = this.#values[dropped - 1] as number;
    this.#values = this.#values.slice(dropped);
    this.#forgotten += dropped;
  }
}

/** Fewer values are not worth moving the others. */
const FORGET_FROM = 1_024;
