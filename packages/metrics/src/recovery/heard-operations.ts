/** Operations that follow one another by number, from the first to the last, and are silent: they have begun, and not ended. */
interface SilentOperations {
  first: number;
  last: number;
  /** Invocation of the one before the first, which has ended; minus infinity when that is the first of all. */
  beforeUs: number;
}

/**
 * Which operations have been heard of. They are numbered from 1 on in the order in which they begin, so one that is still
 * silent shows by a gap in the numbers. Only the gaps are remembered: however long one of them lasts, those that begin and
 * end meanwhile leave nothing behind.
 */
export class HeardOperations {
  /** Instant of the newest of what was heard, of operations and otherwise. */
  nowUs = 0;
  /** The highest number of those that have ended. */
  #newest = 0;
  #newestUs = Number.NEGATIVE_INFINITY;
  /** The gaps below it, in order. */
  readonly #gaps: SilentOperations[] = [];

  ended(op: number, invokedAtUs: number, atUs: number): void {
    this.nowUs = atUs;
    if (op <= this.#newest) {
      this.#endedLate(op, invokedAtUs);
      return;
    }
    if (op > this.#newest + 1) this.#gaps.push({ first: this.#newest + 1, last: op - 1, beforeUs: this.#newestUs });
    this.#newest = op;
    this.#newestUs = invokedAtUs;
  }

  /** Every operation that was invoked before this instant has ended; minus infinity before the first. */
  get untilUs(): number {
    return this.#gaps[0]?.beforeUs ?? this.#newestUs;
  }

  /** One that was silent while others ended that had begun after it. */
  #endedLate(op: number, invokedAtUs: number): void {
    const place = this.#placeOf(op);
    const gap = this.#gaps[place];
    if (gap === undefined || op > gap.last) return;
    const { first, last } = gap;
    if (op > first) {
      if (op < last) this.#gaps.splice(place + 1, 0, { first: op + 1, last, beforeUs: invokedAtUs });
      gap.last = op - 1;
    } else if (op < last) {
      gap.first = op + 1;
      gap.beforeUs = invokedAtUs;
    } else this.#gaps.splice(place, 1);
  }

  /** Place of the last gap that does not begin behind an operation; -1 when all do. */
  #placeOf(op: number): number {
    let low = 0;
    let high = this.#gaps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#gaps[middle] as SilentOperations).first <= op) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
