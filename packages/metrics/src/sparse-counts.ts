type Counts = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** From the narrowest to the widest, with the greatest count of each. */
const WIDTHS = [
  { make: (length: number): Counts => new Uint8Array(length), most: 2 ** 8 - 1 },
  { make: (length: number): Counts => new Uint16Array(length), most: 2 ** 16 - 1 },
  { make: (length: number): Counts => new Uint32Array(length), most: 2 ** 32 - 1 },
  { make: (length: number): Counts => new Float64Array(length), most: Number.POSITIVE_INFINITY },
] as const;

/** Places that are beside each other are counted in pages: few where counts lie close, and found without a search. */
const PAGE_BITS = 8;
const PAGE = 2 ** PAGE_BITS;

/** Pages of one width, one after another, with room for a few more. */
interface Shelf {
  counts: Counts;
  /** Pages that are there, and those of them that were left for a wider one. */
  pages: number;
  readonly left: number[];
}

/**
 * Counts at whole numbers, most of which have none: pages of 256, each in as few bytes as its greatest count needs. No
 * count is lost or rounded up to 2^53.
 */
export class SparseCounts {
  /** By width; made when a page comes that needs it. */
  readonly #shelves: Shelf[] = [];
  /** Where the pages are: number of the page on its shelf times the number of widths, plus the width. */
  readonly #places = new Map<number, number>();

  /** Bytes of the counts, and of the room for more. */
  get bytes(): number {
    return this.#shelves.reduce((sum, { counts }) => sum + counts.byteLength, 0);
  }

  add(at: number, times: number): void {
    const page = at >> PAGE_BITS;
    const place = this.#places.get(page) ?? this.#put(page, 0);
    const { counts } = this.#shelves[place % WIDTHS.length] as Shelf;
    const index = Math.floor(place / WIDTHS.length) * PAGE + (at & (PAGE - 1));
    const sum = (counts[index] as number) + times;
    if (sum <= (WIDTHS[place % WIDTHS.length] as (typeof WIDTHS)[number]).most) counts[index] = sum;
    else this.#widen(page, place, at & (PAGE - 1), sum);
  }

  /** Every number that has a count, in ascending order, with its count. */
  *ascending(): Generator<readonly [at: number, times: number], void, void> {
    for (const page of this.#ascendingPages()) {
      for (const [index, times] of this.#countsOf(page).entries()) if (times > 0) yield [page * PAGE + index, times];
    }
  }

  /** The number at which the counts, in ascending order, come to `rank`, from 1; NaN beyond the last. */
  ranked(rank: number): number {
    let left = rank;
    for (const page of this.#ascendingPages()) {
      const counts = this.#countsOf(page);
      for (let index = 0; index < PAGE; index++) {
        left -= counts[index] as number;
        if (left <= 0) return page * PAGE + index;
      }
    }
    return Number.NaN;
  }

  #ascendingPages(): readonly number[] {
    return [...this.#places.keys()].sort((a, b) => a - b);
  }

  #countsOf(page: number): Counts {
    const place = this.#places.get(page) as number;
    const from = Math.floor(place / WIDTHS.length) * PAGE;
    return (this.#shelves[place % WIDTHS.length] as Shelf).counts.subarray(from, from + PAGE);
  }

  /** Moves a page to where a count fits. */
  #widen(page: number, place: number, index: number, sum: number): void {
    const before = this.#countsOf(page);
    const width = WIDTHS.findIndex(({ most }) => sum <= most);
    this.#put(page, width);
    const counts = this.#countsOf(page);
    counts.set(before);
    counts[index] = sum;
    before.fill(0);
    (this.#shelves[place % WIDTHS.length] as Shelf).left.push(Math.floor(place / WIDTHS.length));
  }

  /** Gives a page a place, all of whose counts are 0. */
  #put(page: number, width: number): number {
    const { make } = WIDTHS[width] as (typeof WIDTHS)[number];
    let shelf = this.#shelves[width];
    if (shelf === undefined) {
      shelf = { counts: make(0), pages: 0, left: [] };
      this.#shelves[width] = shelf;
    }
    const number = shelf.left.pop() ?? shelf.pages++;
    if (shelf.pages * PAGE > shelf.counts.length) {
      // A quarter more each time: little is left empty, and few pages are ever copied.
      const roomier = make(Math.ceil(shelf.pages * 1.25) * PAGE);
      roomier.set(shelf.counts);
      shelf.counts = roomier;
    }
    const place = number * WIDTHS.length + width;
    this.#places.set(page, place);
    return place;
  }
}
