import { BucketCounts } from './bucket-counts.ts';
import { PackedNumbers } from './packed-numbers.ts';
import { type Estimate, intervalRanks, rankOf } from './quantiles.ts';

/** So many values are kept as they are: few trials have exact quantiles. */
const EXACT_MAX = 4_096;

/**
 * Up to 4,096 values as they are, and more in buckets that widen with the value, to within 1/4,096 of it: quantiles of
 * any number of trials in memory that grows only with the spread of the values. Negative values and Infinity have their
 * places; NaN is refused with a RangeError. The order in which values are added does not show.
 */
export class QuantileSketch {
  #held: PackedNumbers | BucketCounts = new PackedNumbers();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Bytes of what is held of the values. A study has some sketches for each of its cells, so a bound is set to them. */
  get bytes(): number {
    return this.#held.bytes;
  }

  add(value: number, times = 1): void {
    if (Number.isNaN(value)) throw new RangeError('NaN has no place among ordered values');
    this.#count += times;
    if (this.#held instanceof PackedNumbers && this.#count > EXACT_MAX) this.#held = inBuckets(this.#held);
    this.#held.add(value, times);
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
    return this.#held instanceof PackedNumbers ? this.#held.sorted(rank - 1) : this.#held.ranked(rank);
  }

  /** A quantile (share over 0, below 1) with its 95 % interval, whose ends are values too; null of no values. */
  estimate(share: number): Estimate | null {
    if (this.#count === 0) return null;
    const { low, high } = intervalRanks(this.#count, share);
    return {
      value: this.ranked(rankOf(this.#count, share)),
      low: low === null ? null : this.ranked(low),
      high: high === null ? null : this.ranked(high),
    };
  }

  /** Every value or middle of a bucket in ascending order, and how many values are there and below. */
  *steps(): Generator<{ readonly value: number; readonly upTo: number }, void, void> {
    let upTo = 0;
    for (const [value, times] of this.#held.ascending()) {
      upTo += times;
      yield { value, upTo };
    }
  }
}

function inBuckets(values: PackedNumbers): BucketCounts {
  const buckets = new BucketCounts();
  for (const [value, times] of values.ascending()) buckets.add(value, times);
  return buckets;
}
