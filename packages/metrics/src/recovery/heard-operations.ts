/** For an operation of which nothing has been heard. No instant is like it. */
const SILENT = -1;
const PLACES_MIN = 64;

/**
 * Which operations have been heard of. They are numbered from 1 on in the order in which they begin, so one that is still
 * silent shows by a gap in the numbers.
 *
 * Memory: 8 bytes, and up to 8 more, for each operation that has begun since the oldest one that is silent.
 */
export class HeardOperations {
  /** Instant of the newest of what was heard, of operations and otherwise. */
  nowUs = 0;
  /** All up to this number have ended. */
  #upTo = 0;
  #upToUs = Number.NEGATIVE_INFINITY;
  /** Invocations of those beyond it that have ended: a ring, a power of two long, in which each has the place of its number. */
  #beyond: number[] = [];
  /** How many those are. */
  #count = 0;

  ended(op: number, invokedAtUs: number, atUs: number): void {
    this.nowUs = atUs;
    if (op !== this.#upTo + 1) {
      if (op > this.#upTo) this.#keep(op, invokedAtUs);
      return;
    }
    this.#upTo = op;
    this.#upToUs = invokedAtUs;
    if (this.#count > 0) this.#closeGap();
  }

  /** Every operation that was invoked before this instant has ended; minus infinity before the first. */
  get untilUs(): number {
    return this.#upToUs;
  }

  #keep(op: number, invokedAtUs: number): void {
    if (op - this.#upTo > this.#beyond.length) this.#grow(op - this.#upTo);
    const ring = this.#beyond;
    const place = op & (ring.length - 1);
    if (ring[place] === SILENT) this.#count++;
    ring[place] = invokedAtUs;
  }

  #closeGap(): void {
    const ring = this.#beyond;
    const mask = ring.length - 1;
    let next = this.#upTo + 1;
    for (let atUs = ring[next & mask] as number; atUs !== SILENT; atUs = ring[next & mask] as number) {
      ring[next & mask] = SILENT;
      this.#count--;
      this.#upToUs = atUs;
      this.#upTo = next++;
    }
  }

  #grow(places: number): void {
    let length = Math.max(PLACES_MIN, this.#beyond.length);
    while (length < places) length *= 2;
    const ring = new Array<number>(length).fill(SILENT);
    const known = this.#beyond;
    for (let op = this.#upTo + 1; op <= this.#upTo + known.length; op++)
      ring[op & (length - 1)] = known[op & (known.length - 1)] as number;
    this.#beyond = ring;
  }
}
