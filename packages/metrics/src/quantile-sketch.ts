import { type Estimate, intervalRanks } from './quantiles.ts';

/** Buckets for each doubling: a value is known to within 1/2,048, about 0.05 %. Whole numbers below that are exact. */
const BUCKETS_PER_DOUBLING = 2_048;

/** Room for never, beyond every number. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Counts of values in buckets that widen with the value: quantiles of any number of trials in memory that grows only
 * with the spread of the values. Negative values and Infinity have their places; NaN is refused with a RangeError.
 * The order in which values are added, and sketches merged, does not show.
 */
export class QuantileSketch {
  readonly #counts = new Map<number, number>();
  #count = 0;
  /** Buckets in ascending order, with the number of values up to the end of each; null while they change. */
  #sorted: { readonly buckets: Float64Array; readonly upTo: Float64Array } | null = null;

  get count(): number {
    return this.#count;
  }

  add(value: number, times = 1): void {
    if (Number.isNaN(value)) throw new RangeError('NaN has no place among ordered values');
    const bucket = bucketOf(value);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times);
    this.#count += times;
    this.#sorted = null;
  }

  /** Adds each of them. Equal ones beside each other, of which a column of counts may hold millions, take one step. */
  addAll(values: Float64Array): void {
    for (let index = 0; index < values.length; ) {
      const value = values[index] as number;
      let next = index + 1;
      while (next < values.length && values[next] === value) next++;
      this.add(value, next - index);
      index = next;
    }
  }

  /** The value of a rank, from 1 to `count`, to within the width of its bucket; a RangeError beyond. */
  ranked(rank: number): number {
    if (!(rank >= 1 && rank <= this.#count)) throw new RangeError(`no rank ${rank} among ${this.#count} values`);
    const { buckets, upTo } = this.#order();
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) >= rank) high = middle;
      else low = middle + 1;
    }
    return middleOf(buckets[low] as number);
  }

  /** A quantile (share over 0, below 1) with the 95 % interval that `quantileEstimate` gives; null of no values. */
  estimate(share: number): Estimate | null {
    if (this.#count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.#count - 1e-9));
    const { low, high } = intervalRanks(this.#count, share);
    return {
      value: this.ranked(rank),
      low: low === null ? null : this.ranked(low),
      high: high === null ? null : this.ranked(high),
    };
  }

  /** Every bucket in ascending order: a value of it, and how many values are in it and below. */
  *steps(): Generator<{ readonly value: number; readonly upTo: number }, void, void> {
    const { buckets, upTo } = this.#order();
    for (let index = 0; index < buckets.length; index++) {
      yield { value: middleOf(buckets[index] as number), upTo: upTo[index] as number };
    }
  }

  #order(): { readonly buckets: Float64Array; readonly upTo: Float64Array } {
    if (this.#sorted) return this.#sorted;
    const buckets = Float64Array.from(this.#counts.keys()).sort();
    const upTo = new Float64Array(buckets.length);
    let sum = 0;
    for (let index = 0; index < buckets.length; index++) {
      sum += this.#counts.get(buckets[index] as number) as number;
      upTo[index] = sum;
    }
    this.#sorted = { buckets, upTo };
    return this.#sorted;
  }
}

/** Buckets are numbered in the order of their values; that of a negative value is the mirror image. */
function bucketOf(value: number): number {
  if (value < 0) return -bucketOf(-value);
  if (value === Number.POSITIVE_INFINITY) return NEVER;
  const whole = Math.round(value);
  if (whole < BUCKETS_PER_DOUBLING) return whole;
  const doubling = Math.floor(Math.log2(whole)) - 11;
  return doubling * BUCKETS_PER_DOUBLING + Math.floor(whole / 2 ** doubling);
}

/** The middle of a bucket. */
function middleOf(bucket: number): number {
  if (bucket < 0) return -middleOf(-bucket);
  if (bucket === NEVER) return Number.POSITIVE_INFINITY;
  if (bucket < BUCKETS_PER_DOUBLING) return bucket;
  const doubling = Math.floor(bucket / BUCKETS_PER_DOUBLING) - 1;
  const width = 2 ** doubling;
  return (bucket - doubling * BUCKETS_PER_DOUBLING) * width + Math.floor((width - 1) / 2);
}
