import { type Distribution, exactDuration, parseRate } from '@faultline/clock';
import { BYTE_UNITS } from './quantities.ts';

/** A duration that reads back to the same microseconds (scaled ones are rounded to whole ones). */
export function durationText(us: number): string {
  return exactDuration(Math.round(us));
}

const PER_SECOND: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
]);

/** A rate that reads back to the same number, in the first unit in which there is such a text. */
export function rateText(perSecond: number): string {
  for (const [unit, seconds] of PER_SECOND) {
    for (const digits of [12, 15]) {
      const text = `${decimalText(Number((perSecond * seconds).toPrecision(digits)))}/${unit}`;
      if (readsBack(text, perSecond)) return text;
    }
  }
  return `${perSecond.toFixed(15).replace(/\.?0+$/, '')}/s`;
}

/** Without exponent: the numbers of a rate are neither very small nor very large. */
const decimalText = (number: number): string => number.toFixed(15).replace(/\.?0+$/, '');

function readsBack(text: string, perSecond: number): boolean {
  try {
    return parseRate(text) === perSecond;
  } catch {
    return false;
  }
}

/** A size in the largest unit that divides it. */
export function bytesText(size: number): string {
  for (const [unit, worth] of BYTE_UNITS) if (size > 0 && size % worth === 0) return `${size / worth}${unit}`;
  return `${size}B`;
}

/** A distribution as the scenario format has it: a duration, or a mapping with the family as key. */
export function distributionYaml(distribution: Distribution): unknown {
  switch (distribution.kind) {
    case 'constant':
      return durationText(distribution.us);
    case 'uniform':
      return { uniform: { min: durationText(distribution.minUs), max: durationText(distribution.maxUs) } };
    case 'exponential':
      return { exponential: { mean: durationText(distribution.meanUs) } };
    case 'lognormal':
      return { lognormal: { median: durationText(distribution.medianUs), p95: durationText(distribution.p95Us) } };
    case 'gamma':
      return { gamma: { shape: distribution.shape, mean: durationText(distribution.meanUs) } };
    case 'weibull':
      return { weibull: { shape: distribution.shape, scale: durationText(distribution.scaleUs) } };
    case 'empirical':
      return { empirical: distribution.samplesUs.map(durationText) };
    case 'mixture':
      return { mixture: distribution.parts.map((part) => ({ weight: part.weight, of: distributionYaml(part.of) })) };
    case 'shifted':
      return { shifted: { by: durationText(distribution.byUs), of: distributionYaml(distribution.of) } };
  }
}
