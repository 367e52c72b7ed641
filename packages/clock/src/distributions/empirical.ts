import { parseDuration } from '../durations.ts';
import type { EmpiricalDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { checkNotNegative, DistributionError, durationText } from './parameter.ts';

/** What was measured, e.g. `empirical(['37s', '41s', '64s'])`. */
export function empirical(samples: readonly string[]): EmpiricalDistribution {
  return { kind: 'empirical', samplesUs: samples.map(parseDuration) };
}

/**
 * Quantiles lie on straight lines between the order statistics, the smallest sample at 0 and the largest at 1
 * (type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50, 1996).
 */
export const empiricalFamily: Family<EmpiricalDistribution> = {
  compile({ samplesUs }) {
    if (samplesUs.length === 0)
      throw new DistributionError('empirical samplesUs must hold at least one sample, found none');
    for (const [index, sampleUs] of samplesUs.entries()) checkNotNegative(`empirical samplesUs[${index}]`, sampleUs);
    const sorted = Float64Array.from(samplesUs).sort();
    return {
      quantile: (p) => interpolate(sorted, p),
      cdf: (us) => shareUpTo(sorted, us),
      mean: meanOfLines(sorted),
    };
  },
  describe({ samplesUs }) {
    const sorted = Float64Array.from(samplesUs).sort();
    const [least, median, most] = [0, 0.5, 1].map((p) => durationText(interpolate(sorted, p)));
    return `empirical(${samplesUs.length} samples from ${least} to ${most}, median ${median})`;
  },
  scale: ({ kind, samplesUs }, factor) => ({ kind, samplesUs: samplesUs.map((sampleUs) => sampleUs * factor) }),
};

function interpolate(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const index = Math.floor(place);
  const below = sorted[index] as number;
  const above = sorted[index + 1] ?? below;
  return below + (place - index) * (above - below);
}

function shareUpTo(sorted: Float64Array, us: number): number {
  const last = sorted.length - 1;
  if (us < (sorted[0] as number)) return 0;
  if (us >= (sorted[last] as number)) return 1;
  // The last sample that is not above `us`: of several equal ones the distribution has passed them all.
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= us) low = middle;
    else high = middle;
  }
  const below = sorted[low] as number;
  return (low + (us - below) / ((sorted[low + 1] as number) - below)) / last;
}

/** The area under the quantile lines: the extremes count half, because nothing lies beyond them. */
function meanOfLines(sorted: Float64Array): number {
  if (sorted.length === 1) return sorted[0] as number;
  let sum = 0;
  for (const sampleUs of sorted) sum += sampleUs;
  const extremes = (sorted[0] as number) + (sorted[sorted.length - 1] as number);
  return (sum - extremes / 2) / (sorted.length - 1);
}
