import { type Estimate, QuantileSketch } from '@faultline/metrics';
import type { BlockColumns } from '../block-columns.ts';
import { pairedDifferences } from '../paired-differences.ts';

/**
 * Recovery times of several deployments, trial by trial against each other. All pairs are counted, because which
 * deployment the others are held against is known only once all trials are over, and no trial is kept until then.
 */
export class PairwiseDifferences {
  /** For each deployment and each before it: the first one's recovery time less the other's. */
  readonly #sketches: readonly (readonly QuantileSketch[])[];

  constructor(deployments: number) {
    this.#sketches = Array.from({ length: deployments }, (_, one) =>
      Array.from({ length: one }, () => new QuantileSketch()),
    );
  }

  /** One block of each deployment, all with the same trials. */
  add(blocks: readonly BlockColumns[]): void {
    for (const [one, columns] of blocks.entries()) {
      const sketches = this.#sketches[one] as readonly QuantileSketch[];
      for (const [other, sketch] of sketches.entries())
        sketch.addAll(pairedDifferences(columns, blocks[other] as BlockColumns));
    }
  }

  /** The median of the differences of `one` (an index) less `other`, with its 95 % interval; there are two and trials. */
  median(one: number, other: number): Estimate {
    const sketch = this.#sketches[Math.max(one, other)]?.[Math.min(one, other)] as QuantileSketch;
    const estimate = sketch.estimate(0.5) as Estimate;
    return one > other ? estimate : opposite(sketch, estimate);
  }
}

/** With the opposite sign the order is reversed: of an even number, the median is the greater of the middle two. */
function opposite(sketch: QuantileSketch, { low, high }: Estimate): Estimate {
  // Subtracted from 0, because the negative of 0 would be another number than 0.
  return {
    value: 0 - sketch.ranked(Math.floor(sketch.count / 2) + 1),
    low: high === null ? null : 0 - high,
    high: low === null ? null : 0 - low,
  };
}
