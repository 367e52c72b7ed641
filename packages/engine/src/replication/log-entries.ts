import { numberColumn } from './number-column.ts';

const WIDTH = 4;
type Column = 0 | 1 | 2 | 3;
const APPENDED_AT: Column = 0;
const FLUSHED_AT: Column = 1;
const OP: Column = 2;
const KEY: Column = 3;

/**
 * The entries of one timeline in the order of the log, each a row of one list: with a column each in a list of its own, a
 * write would touch and grow four of them. Rows are counted from 0; instants never decrease from row to row.
 */
export class LogEntries {
  readonly #cells = numberColumn();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(appendedAtUs: number, flushedAtUs: number, op: number, key: number): void {
    const cells = this.#cells;
    const start = cells.length;
    cells[start] = appendedAtUs;
    cells[start + 1] = flushedAtUs;
    cells[start + 2] = op;
    cells[start + 3] = key;
    this.#count++;
  }

  /** When the writer appended it. */
  appendedAtUs(row: number): number {
    return this.#at(row, APPENDED_AT);
  }

  /** When the writer's own volume holds it. */
  flushedAtUs(row: number): number {
    return this.#at(row, FLUSHED_AT);
  }

  op(row: number): number {
    return this.#at(row, OP);
  }

  key(row: number): number {
    return this.#at(row, KEY);
  }

  /** How many were appended by then. */
  appendedBy(atUs: number): number {
    return this.#countUpTo(atUs, APPENDED_AT);
  }

  /** How many the writer's own volume holds by then. */
  flushedBy(atUs: number): number {
    return this.#countUpTo(atUs, FLUSHED_AT);
  }

  /** Keeps the first `count` of them. */
  truncate(count: number): void {
    if (count >= this.#count) return;
    this.#cells.length = count * WIDTH;
    this.#count = count;
  }

  #at(row: number, column: Column): number {
    return this.#cells[row * WIDTH + column] as number;
  }

  #countUpTo(atUs: number, column: Column): number {
    let low = 0;
    let high = this.#count;
    if (high > 0 && this.#at(high - 1, column) <= atUs) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#at(middle, column) <= atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
