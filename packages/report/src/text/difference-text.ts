import type { Estimate } from '@faultline/metrics';
import { duration, durationInterval } from './figures.ts';

/**
 * How much longer recovery takes than in what it is compared with, trial by trial, in words: size, direction, and the
 * 95 % interval as sizes, the sign being said in words.
 */
export function differenceText(estimate: Estimate): readonly [size: string, direction: string, interval: string] {
  const { value, low, high } = estimate;
  if (value === 0) return ['as long', '', ''];
  const interval = low === high && !Number.isFinite(low) ? '' : `(${intervalOf(estimate)})`;
  if (value === Number.POSITIVE_INFINITY) return ['never over', '', interval];
  if (value === Number.NEGATIVE_INFINITY) return ['over, which that never is', '', ''];
  return [duration(Math.abs(value)), value < 0 ? 'shorter' : 'longer', interval];
}

function intervalOf({ value, low, high }: Estimate): string {
  if (value >= 0) return durationInterval({ value, low, high });
  const flipped = (bound: number | null): number | null => (bound === null ? null : -bound);
  return durationInterval({ value: -value, low: flipped(high), high: flipped(low) });
}
