import type { SeriesState } from './series-state.ts';

/** Operations of all cohorts in a bin, as a rate. */
export interface OperationRate {
  readonly fromUs: number;
  readonly okPerSecond: number;
  readonly failedPerSecond: number;
  readonly indeterminatePerSecond: number;
}

/** Operations per second by the instant of their invocation, for every bin that has begun. */
export function operationRates({ binUs, operations }: SeriesState, nowUs: number): readonly OperationRate[] {
  if (binUs === 0) return [];
  const bins = Math.floor(nowUs / binUs) + 1;
  return Array.from({ length: bins }, (_, bin) => {
    // The newest bin is not over: it is as long as it has lasted, and half a bin at least.
    const seconds = Math.min(binUs, Math.max(binUs / 2, nowUs - bin * binUs)) / 1_000_000;
    const rate = (of: 'ok' | 'failed' | 'indeterminate') =>
      operations.reduce((total, series) => total + (series[of][bin] ?? 0), 0) / seconds;
    return {
      fromUs: bin * binUs,
      okPerSecond: rate('ok'),
      failedPerSecond: rate('failed'),
      indeterminatePerSecond: rate('indeterminate'),
    };
  });
}
