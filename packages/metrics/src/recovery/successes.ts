import { Column } from '../column.ts';

/** Successes invoked closer together than this are remembered as one, which bounds the memory of a long run. */
const RESOLUTION_US = 1_000;

/**
 * Successful operations since the first fault, in the order of their completion. It answers questions about
 * the past, because an operation that failed is only heard of when its client gave up.
 */
export class Successes {
  // One row for each success that was invoked later than all before it: only those can be the first success
  // after some instant. So both columns ascend.
  readonly #invokedUs = new Column();
  readonly #completedUs = new Column();
  /** How many successes came before the row. */
  readonly #before = new Column();
  #newestUs = Number.NEGATIVE_INFINITY;
  #count = 0;

  add(invokedAtUs: number, completedAtUs: number): void {
    if (invokedAtUs - this.#newestUs >= RESOLUTION_US) {
      this.#newestUs = invokedAtUs;
      this.#invokedUs.push(invokedAtUs);
      this.#completedUs.push(completedAtUs);
      this.#before.push(this.#count);
    }
    this.#count++;
  }

  /** Invocation of the newest success; minus infinity before the first. */
  get newestUs(): number {
    return this.#newestUs;
  }

  /** Completion of the first success that was invoked after an instant, to a millisecond; Infinity when there is none. */
  firstInvokedAfter(atUs: number): number {
    const row = this.#invokedUs.firstAbove(atUs);
    return row < this.#completedUs.length ? this.#completedUs.at(row) : Number.POSITIVE_INFINITY;
  }

  /** How many completed from one instant on and before another. */
  countWithin(fromUs: number, beforeUs: number): number {
    return this.#countBefore(beforeUs) - this.#countBefore(fromUs);
  }

  #countBefore(atUs: number): number {
    const row = this.#completedUs.firstAbove(atUs - 1);
    return row < this.#before.length ? this.#before.at(row) : this.#count;
  }
}
