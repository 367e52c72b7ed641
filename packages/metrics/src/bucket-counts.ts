import { SparseCounts } from './sparse-counts.ts';

/** Buckets for each doubling: a value is known to within 1/4,096, about 0.025 %. Whole numbers below that are exact. */
const BUCKETS_PER_DOUBLING = 2_048;
const BITS = 11;

/** Room for never, beyond every number. */
const NEVER = 2 ** 22;

/** Counts of values in buckets that widen with the value, for whole numbers and both infinities; others are rounded. */
export class BucketCounts {
  readonly #counts = new SparseCounts();

  /** Bytes of the counts. */
  get bytes(): number {
    return this.#counts.bytes;
  }

  add(value: number, times: number): void {
    this.#counts.add(bucketOf(value), times);
  }

  /** The middle of the bucket that holds the value of a rank, from 1; NaN beyond the last. */
  ranked(rank: number): number {
    return middleOf(this.#counts.ranked(rank));
  }

  /** The middle of every bucket that holds a value, in ascending order, and how many it holds. */
  *ascending(): Generator<readonly [value: number, times: number], void, void> {
    for (const [bucket, times] of this.#counts.ascending()) yield [middleOf(bucket), times];
  }
}

/** Buckets are numbered in the order of their values; that of a negative value is the mirror image. */
function bucketOf(value: number): number {
  if (value < 0) return -bucketOf(-value);
  if (value === Number.POSITIVE_INFINITY) return NEVER;
  const whole = Math.round(value);
  // Bits are counted in 32 of them; a number with more has the bucket of its upper part, so many doublings farther.
  if (whole >= 2 ** 32) return 20 * BUCKETS_PER_DOUBLING + bucketOf(Math.floor(whole / 2 ** 20));
  const doubling = Math.max(0, 31 - BITS - Math.clz32(whole));
  return doubling * BUCKETS_PER_DOUBLING + (whole >>> doubling);
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
