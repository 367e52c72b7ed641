type Numbers = Int8Array | Int16Array | Int32Array | Float64Array;

/**
 * From the narrowest to the widest. Of the whole numbers that one can hold, the least and the greatest stand for the
 * two infinities, so that they sort where they belong.
 */
const WIDTHS = [
  { make: (length: number): Numbers => new Int8Array(length), end: 2 ** 7 - 1 },
  { make: (length: number): Numbers => new Int16Array(length), end: 2 ** 15 - 1 },
  { make: (length: number): Numbers => new Int32Array(length), end: 2 ** 31 - 1 },
  { make: (length: number): Numbers => new Float64Array(length), end: Number.POSITIVE_INFINITY },
] as const;

const LEAST_ROOM = 16;

/** Any numbers but NaN, each exactly as it was added, in as few bytes each as the one that needs most. */
export class PackedNumbers {
  #width = 0;
  #numbers: Numbers = new Int8Array(0);
  #length = 0;
  #isSorted = true;

  get length(): number {
    return this.#length;
  }

  /** Bytes of the numbers, and of the room for more. */
  get bytes(): number {
    return this.#numbers.byteLength;
  }

  add(value: number, times: number): void {
    const width = Math.max(this.#width, widthOf(value));
    const wanted = this.#length + times;
    if (width > this.#width) this.#move(width, this.#numbers.length);
    if (wanted > this.#numbers.length) this.#move(width, roomFor(wanted));
    const number = packed(value, width);
    for (let place = this.#length; place < wanted; place++) this.#numbers[place] = number;
    this.#length = wanted;
    this.#isSorted = false;
  }

  /** The number at a place in ascending order, from 0; NaN beyond the last. */
  sorted(place: number): number {
    this.#sort();
    return place < this.#length ? unpacked(this.#numbers[place] as number, this.#width) : Number.NaN;
  }

  /** The different numbers in ascending order, and how often there is each. */
  *ascending(): Generator<readonly [value: number, times: number], void, void> {
    this.#sort();
    for (let from = 0; from < this.#length; ) {
      const value = this.#numbers[from] as number;
      let next = from + 1;
      while (next < this.#length && this.#numbers[next] === value) next++;
      yield [unpacked(value, this.#width), next - from];
      from = next;
    }
  }

  #sort(): void {
    if (!this.#isSorted) this.#numbers.subarray(0, this.#length).sort();
    this.#isSorted = true;
  }

  #move(width: number, room: number): void {
    const moved = (WIDTHS[width] as (typeof WIDTHS)[number]).make(room);
    for (let place = 0; place < this.#length; place++) {
      moved[place] = packed(unpacked(this.#numbers[place] as number, this.#width), width);
    }
    this.#numbers = moved;
    this.#width = width;
  }
}

/** The next power of two. */
const roomFor = (length: number): number => 2 ** Math.ceil(Math.log2(Math.max(LEAST_ROOM, length)));

/** The narrowest width that holds a number. The negative zero is no whole number of 32 bits. */
function widthOf(value: number): number {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return 0;
  if (!Object.is(value | 0, value)) return WIDTHS.length - 1;
  return WIDTHS.findIndex(({ end }) => value < end && value > -end);
}

function packed(value: number, width: number): number {
  const { end } = WIDTHS[width] as (typeof WIDTHS)[number];
  if (value === Number.POSITIVE_INFINITY) return end;
  return value === Number.NEGATIVE_INFINITY ? -end : value;
}

function unpacked(number: number, width: number): number {
  const { end } = WIDTHS[width] as (typeof WIDTHS)[number];
  if (number === end) return Number.POSITIVE_INFINITY;
  return number === -end ? Number.NEGATIVE_INFINITY : number;
}
