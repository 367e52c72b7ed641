import type { Table } from '../table.ts';

/** Successes invoked closer together than this are remembered as one, which bounds the memory of a long run. */
const RESOLUTION_US = 1_000;

// One row for each success that was invoked later than all before it: only those can be the first success after
// some instant. So all columns ascend.
const INVOKED_US = 0;
const COMPLETED_US = 1;
/** How many successes came before the row. */
const BEFORE = 2;

/**
 * Successful operations since the first fault, in the order of their completion. It answers questions about
 * the past, because an operation that failed is only heard of when its client gave up.
 */
export class Successes {
  readonly #table: Table;
  #newestUs = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** Keeps its rows in an empty table. */
  constructor(table: Table) {
    this.#table = table;
  }

  add(invokedAtUs: number, completedAtUs: number): void {
    if (invokedAtUs - this.#newestUs >= RESOLUTION_US) {
      this.#newestUs = invokedAtUs;
      this.#table.push(invokedAtUs, completedAtUs, this.#count);
    }
    this.#count++;
  }

  /** Invocation of the newest success; minus infinity before the first. */
  get newestUs(): number {
    return this.#newestUs;
  }

  /** Completion of the first success that was invoked after an instant, to a millisecond; Infinity when there is none. */
  firstInvokedAfter(atUs: number): number {
    // Asked for every operation that fails in an outage, and then it is so: no search.
    if (atUs >= this.#newestUs) return Number.POSITIVE_INFINITY;
    return this.#table.at(this.#table.firstAbove(INVOKED_US, atUs), COMPLETED_US);
  }

  /** How many completed from one instant on and before another. */
  countWithin(fromUs: number, beforeUs: number): number {
    return this.#countBefore(beforeUs) - this.#countBefore(fromUs);
  }

  #countBefore(atUs: number): number {
    const row = this.#table.firstAbove(COMPLETED_US, atUs - 1);
    return row < this.#table.rows ? this.#table.at(row, BEFORE) : this.#count;
  }
}
