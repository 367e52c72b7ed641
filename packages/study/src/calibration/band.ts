import type { Agreement, Band, Estimate, Measured, QuantileSketch } from '@faultline/metrics';

/**
 * The band of the trials' values, at least one, in a unit of so many of theirs. What never happened is Infinity, longer
 * than everything.
 */
export function bandOf(values: QuantileSketch, unitSize: number): Band {
  const at = (share: number): number => (values.estimate(share) as Estimate).value / unitSize;
  return { p5: at(0.05), p50: at(0.5), p95: at(0.95) };
}

/** Share of the predicted median within which a value is near. */
const NEAR = 0.25;

/** Counts the measured values within the band, both ends included. A range counts as one value: does it hold the median? */
export function agreement(measured: Measured, { p5, p50, p95 }: Band): Agreement {
  const isNear = (value: number): boolean => Math.abs(value - p50) <= NEAR * Math.abs(p50);
  if ('from' in measured) {
    const { from, to } = measured;
    const inside = from <= p50 && p50 <= to;
    return { inside: inside ? 1 : 0, near: !inside && (isNear(from) || isNear(to)) ? 1 : 0, of: 1 };
  }
  const outside = measured.values.filter((value) => value < p5 || value > p95);
  return {
    inside: measured.values.length - outside.length,
    near: outside.filter(isNear).length,
    of: measured.values.length,
  };
}

/** Where the measured values that the band misses lie, in words; null when it misses none. */
export function missOf(measured: Measured, band: Band): string | null {
  if ('from' in measured) {
    if (band.p50 < measured.from) return `predicted median below ${measured.from}`;
    return band.p50 > measured.to ? `predicted median above ${measured.to}` : null;
  }
  const below = measured.values.filter((value) => value < band.p5);
  const above = measured.values.filter((value) => value > band.p95);
  if (below.length + above.length === 0) return null;
  const [only] = [...below, ...above];
  if (measured.values.length === 1)
    return below.length > 0 ? distance(only as number, band.p5, 'p5') : distance(only as number, band.p95, 'p95');
  const parts = [
    below.length > 0 ? `${below.length} below p5` : '',
    above.length > 0 ? `${above.length} above p95` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')} of ${measured.values.length}`;
}

/** A measured value against the end of the band that it lies beyond. */
function distance(value: number, end: number, name: string): string {
  const where = value < end ? 'below' : 'above';
  if (end <= 0 || !Number.isFinite(end)) return `measured ${where} ${name}`;
  const ratio = value / end;
  if (ratio > 2 || ratio < 0.5) return `measured ${Number(ratio.toPrecision(2))} times ${name}`;
  return `measured ${Number((Math.abs(ratio - 1) * 100).toPrecision(2))}% ${where} ${name}`;
}
