import { BucketCounts } from './bucket-counts.ts';
import { type Estimate, intervalRanks, rankOf } from './quantiles.ts';

/** So many values are kept as they are: few trials have exact quantiles. */
const EXACT_MAX = 4_096;

/**
 * Up to 4,096 values as they are, and more in buckets that widen with the value, to within 1/4,096 of it: quantiles of
 * any number of trials in memory that grows only with the spread of the values. Negative values and Infinity have their
 * places; NaN is refused with a RangeError. The order in which values are added does not show.
 */
export class QuantileSketch {
  #held: number[] | BucketCounts = [];
  #count = 0;
  /** The values in ascending order, with the number of values up to each; null while they change. */
  #sorted: { readonly values: Float64Array; readonly upTo: Float64Array } | null = null;

  get count(): number {
    return this.#count;
  }

  add(value: number, times = 1): void {
    if (Number.isNaN(value)) throw new RangeError('NaN has no place among ordered values');
    this.#count += times;
    this.#sorted = null;
    if (Array.isArray(this.#held) && this.#count > EXACT_MAX) this.#held = inBuckets(this.#held);
    if (Array.isArray(this.#held)) for (let time = 0; time < times; time++) this.#held.push(value);
    else this.#held.add(value, times);
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
    const { values, upTo } = this.#order();
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) >= rank) high = middle;
      else low = middle + 1;
    }
    return values[low] as number;
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
    const { values, upTo } = this.#order();
    for (let index = 0; index < values.length; index++) {
      yield { value: values[index] as number, upTo: upTo[index] as number };
    }
  }

  #order(): { readonly values: Float64Array; readonly upTo: Float64Array } {
    if (this.#sorted) return this.#sorted;
    const steps = Array.isArray(this.#held) ? stepsOf(this.#held) : [...this.#held.ascending()];
    let sum = 0;
    this.#sorted = {
      values: Float64Array.from(steps, ([value]) => value),
      upTo: Float64Array.from(steps, ([, times]) => (sum += times)),
    };
    return this.#sorted;
  }
}

/** The different values in ascending order, and how often there is each. */
function stepsOf(values: readonly number[]): readonly (readonly [value: number, times: number])[] {
  const steps: [value: number, times: number][] = [];
  for (const value of Float64Array.from(values).sort()) {
    const last = steps.at(-1);
    if (last?.[0] === value) last[1]++;
    else steps.push([value, 1]);
  }
  return steps;
}

function inBuckets(values: readonly number[]): BucketCounts {
  const buckets = new BucketCounts();
  for (const value of values) buckets.add(value, 1);
  return buckets;
}
