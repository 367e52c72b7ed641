/**
 * Which operations have been heard of. They are numbered from 1 on in the order in which they begin, so one that is still
 * silent shows by a gap in the numbers.
 */
export class HeardOperations {
  /** All up to this number have ended. */
  #upTo = 0;
  #upToUs = Number.NEGATIVE_INFINITY;
  /** Invocations of those beyond it that have ended, by number. */
  readonly #beyond = new Map<number, number>();

  ended(op: number, invokedAtUs: number): void {
    if (op !== this.#upTo + 1) {
      if (op > this.#upTo) this.#beyond.set(op, invokedAtUs);
      return;
    }
    this.#upTo = op;
    this.#upToUs = invokedAtUs;
    if (this.#beyond.size > 0) this.#closeGap();
  }

  /** Every operation that was invoked before this instant has ended; minus infinity before the first. */
  get untilUs(): number {
    return this.#upToUs;
  }

  #closeGap(): void {
    for (let next = this.#beyond.get(this.#upTo + 1); next !== undefined; next = this.#beyond.get(this.#upTo + 1)) {
      this.#upToUs = next;
      this.#beyond.delete(++this.#upTo);
    }
  }
}
