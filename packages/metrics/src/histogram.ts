/** Buckets for each doubling: a value is known to within 1/32, about 3 %. */
const BUCKETS_PER_DOUBLING = 32;
const DOUBLINGS = 48;

/** A histogram as plain JSON: the buckets that hold anything, with their counts. */
export interface HistogramState {
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
  readonly largest: number;
}

/** Counts of durations in buckets that widen with the value: percentiles in fixed memory, whatever the number. */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS_PER_DOUBLING * DOUBLINGS);
  #count = 0;
  #largest = 0;

  static from({ buckets, largest }: HistogramState): Histogram {
    const histogram = new Histogram();
    for (const [bucket, count] of buckets) {
      histogram.#counts[bucket] = count;
      histogram.#count += count;
    }
    histogram.#largest = largest;
    return histogram;
  }

  state(): HistogramState {
    const buckets: [number, number][] = [];
    for (const [bucket, count] of this.#counts.entries()) if (count > 0) buckets.push([bucket, count]);
    return { buckets, largest: this.#largest };
  }

  get count(): number {
    return this.#count;
  }

  /** The greatest value, exactly; 0 when there is none. */
  get largest(): number {
    return this.#largest;
  }

  /** `value` in whole microseconds, 0 or more. */
  add(value: number): void {
    this.#counts[bucketOf(value)] = (this.#counts[bucketOf(value)] as number) + 1;
    this.#count++;
    if (value > this.#largest) this.#largest = value;
  }

  /** Upper bound of the bucket in which the percentile lies (`share` between 0 and 1); null when empty. */
  quantile(share: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.max(1, Math.ceil(share * this.#count));
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      left -= this.#counts[bucket] as number;
      if (left <= 0) return Math.min(upperBound(bucket), this.#largest);
    }
    return this.#largest;
  }
}

/** Values below 32 have a bucket each; above, the five bits after the leading one choose it. */
function bucketOf(value: number): number {
  if (value < BUCKETS_PER_DOUBLING) return value;
  const doubling = Math.floor(Math.log2(value)) - 5;
  const bucket = doubling * BUCKETS_PER_DOUBLING + Math.floor(value / 2 ** doubling);
  return Math.min(bucket, BUCKETS_PER_DOUBLING * DOUBLINGS - 1);
}

/** The greatest whole value of a bucket. */
function upperBound(bucket: number): number {
  if (bucket < BUCKETS_PER_DOUBLING) return bucket;
  const doubling = Math.floor(bucket / BUCKETS_PER_DOUBLING) - 1;
  return (bucket - doubling * BUCKETS_PER_DOUBLING + 1) * 2 ** doubling - 1;
}
