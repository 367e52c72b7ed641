import { type Estimate, intervalRanks } from './quantiles.ts';

/** So many different values are kept as they are: few trials have exact quantiles. */
const EXACT_MAX = 1_000;

/** Buckets for each doubling: a value is known to within 1/4,096, about 0.025 %. Whole numbers below that are exact. */
const BUCKETS_PER_DOUBLING = 2_048;

/** Room for never, beyond every number. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Counts of values: each value by itself up to 1,000 different ones, beyond that all of them in buckets that widen with
 * the value. Quantiles of any number of trials take memory that grows only with the spread of the values. Negative
 * values and Infinity have their places; NaN is refused with a RangeError. The order in which values are added does not
 * show: whether there are buckets depends on how many values differ, whoever came first.
 */
export class QuantileSketch {
  /** How often there was each value, or a value of each bucket. */
  #counts = new Map<number, number>();
  #isExact = true;
  #count = 0;
  /** Values or buckets in ascending order, with the number up to the end of each; null while they change. */
  #sorted: { readonly keys: Float64Array; readonly upTo: Float64Array } | null = null;

  get count(): number {
    return this.#count;
  }

  add(value: number, times = 1): void {
    if (Number.isNaN(value)) throw new RangeError('NaN has no place among ordered values');
    const key = this.#isExact ? value : bucketOf(value);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
    this.#count += times;
    this.#sorted = null;
    if (this.#isExact && this.#counts.size > EXACT_MAX) this.#fillBuckets();
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

  /** The value of a rank, from 1 to `count`, or the middle of its bucket; a RangeError beyond. */
  ranked(rank: number): number {
    if (!(rank >= 1 && rank <= this.#count)) throw new RangeError(`no rank ${rank} among ${this.#count} values`);
    const { keys, upTo } = this.#order();
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) >= rank) high = middle;
      else low = middle + 1;
    }
    return this.#valueOf(keys[low] as number);
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

  /** Every value or bucket in ascending order: a value of it, and how many values are in it and below. */
  *steps(): Generator<{ readonly value: number; readonly upTo: number }, void, void> {
    const { keys, upTo } = this.#order();
    for (let index = 0; index < keys.length; index++) {
      yield { value: this.#valueOf(keys[index] as number), upTo: upTo[index] as number };
    }
  }

  #fillBuckets(): void {
    const values = this.#counts;
    this.#counts = new Map();
    this.#isExact = false;
    for (const [value, times] of values) {
      const bucket = bucketOf(value);
      this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times);
    }
  }

  #valueOf(key: number): number {
    return this.#isExact ? key : middleOf(key);
  }

  #order(): { readonly keys: Float64Array; readonly upTo: Float64Array } {
    if (this.#sorted) return this.#sorted;
    const keys = Float64Array.from(this.#counts.keys()).sort();
    const upTo = new Float64Array(keys.length);
    let sum = 0;
    for (let index = 0; index < keys.length; index++) {
      sum += this.#counts.get(keys[index] as number) as number;
      upTo[index] = sum;
    }
    this.#sorted = { keys, upTo };
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
