import { numberColumn } from './number-column.ts';

const GONE = Number.POSITIVE_INFINITY;

/** Rows that are done with are overwritten once there are so many of them, and no fewer than of the others. */
const ROWS_KEPT = 64;

/**
 * Writes without a quorum yet, in log order, with their arrival and acknowledgement at each segment of their
 * protection group: flat columns, because a write costs one row here and nothing else.
 */
export class OutstandingWrites {
  readonly #width: number;
  readonly #slowest = numberColumn();
  // Plain lists: a quiet writer seldom has more than one row, and typed columns for it cost more than all that is done with them.
  readonly #arrives = numberColumn();
  readonly #acked = numberColumn();
  readonly #shards = numberColumn();
  /** Position of the row at place `#start`. */
  #firstLsn = 1;
  #start = 0;
  #end = 0;

  /** @param width Segments of one protection group. */
  constructor(width: number) {
    this.#width = width;
  }

  get firstLsn(): number {
    return this.#firstLsn;
  }

  /** One past the newest position. */
  get endLsn(): number {
    return this.#firstLsn + this.#end - this.#start;
  }

  has(lsn: number): boolean {
    return lsn >= this.#firstLsn && lsn < this.endLsn;
  }

  /** Adds a write that has reached no segment. Positions follow one another. */
  add(lsn: number, shard: number): void {
    if (this.#start === this.#end) this.clear(lsn);
    else if (this.#start >= ROWS_KEPT && this.#start * 2 >= this.#end) this.#moveToFront();
    this.#shards[this.#end++] = shard;
    const end = this.#end * this.#width;
    for (let cell = end - this.#width; cell < end; cell++) {
      this.#arrives[cell] = GONE;
      this.#acked[cell] = GONE;
    }
  }

  shard(lsn: number): number {
    return this.#shards[this.#row(lsn)] as number;
  }

  arrivesAtUs(lsn: number, place: number): number {
    return this.#arrives[this.#row(lsn) * this.#width + place] as number;
  }

  ackedAtUs(lsn: number, place: number): number {
    return this.#acked[this.#row(lsn) * this.#width + place] as number;
  }

  set(lsn: number, place: number, arrivesAtUs: number, ackedAtUs: number): void {
    const cell = this.#row(lsn) * this.#width + place;
    this.#arrives[cell] = arrivesAtUs;
    this.#acked[cell] = ackedAtUs;
  }

  /** As `set`, for the write that was added last. */
  setNewest(place: number, arrivesAtUs: number, ackedAtUs: number): void {
    const cell = (this.#end - 1) * this.#width + place;
    this.#arrives[cell] = arrivesAtUs;
    this.#acked[cell] = ackedAtUs;
  }

  /** When the `rank`-th acknowledgement comes, counting from 1; Infinity when that is not in sight. */
  ackedByUs(lsn: number, rank: number): number {
    const from = this.#row(lsn) * this.#width;
    const acked = this.#acked;
    const slowest = this.#slowest;
    // The quorum is complete when the first of so many slowest ones comes.
    const kept = this.#width - rank + 1;
    if (kept <= 0) return GONE;
    for (let slot = 0; slot <= kept; slot++) slowest[slot] = 0;
    for (let cell = from; cell < from + this.#width; cell++) {
      const ackedAtUs = acked[cell] as number;
      // They stand in order in slots 1 to `kept`; each that comes pushes one out of them, into slot 0.
      let slot = 0;
      for (; slot < kept && (slowest[slot + 1] as number) < ackedAtUs; slot++)
        slowest[slot] = slowest[slot + 1] as number;
      slowest[slot] = ackedAtUs;
    }
    return slowest[1] as number;
  }

  /** When the last of these places acknowledges; Infinity for none, or when that is not in sight. */
  ackedByAllUs(lsn: number, places: readonly number[]): number {
    const from = this.#row(lsn) * this.#width;
    let lastUs = places.length === 0 ? GONE : 0;
    for (let index = 0; index < places.length; index++) {
      const ackedAtUs = this.#acked[from + (places[index] as number)] as number;
      if (ackedAtUs > lastUs) lastUs = ackedAtUs;
    }
    return lastUs;
  }

  /** Forgets the writes up to `lsn`: they have their quorum. */
  forgetUpTo(lsn: number): void {
    const done = Math.min(Math.max(0, lsn + 1 - this.#firstLsn), this.#end - this.#start);
    this.#start += done;
    this.#firstLsn += done;
  }

  clear(nextLsn: number): void {
    this.#start = 0;
    this.#end = 0;
    this.#firstLsn = nextLsn;
  }

  #row(lsn: number): number {
    return this.#start + lsn - this.#firstLsn;
  }

  #moveToFront(): void {
    const [from, to] = [this.#start * this.#width, this.#end * this.#width];
    this.#arrives.copyWithin(0, from, to);
    this.#acked.copyWithin(0, from, to);
    this.#shards.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }
}
