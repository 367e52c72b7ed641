import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationError, parseDuration } from './durations.ts';
import { exactDuration, formatDuration } from './format-duration.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.25, '0.25µs'],
    [250, '250µs'],
    [999, '999µs'],
    [999.6, '1ms'],
    [1_000, '1ms'],
    [1_234, '1.23ms'],
    [20_000, '20ms'],
    [999_400, '999ms'],
    [999_500, '1s'],
    [1_250_000, '1.25s'],
    [12_300_000, '12.3s'],
    [12_345_678, '12.3s'],
    [59_940_000, '59.9s'],
    [59_960_000, '1m'],
    [60_000_000, '1m'],
    [125_000_000, '2m05s'],
    [3_599_400_000, '59m59s'],
    [3_599_600_000, '1h'],
    [5_400_000_000, '1h30m'],
    [7_260_000_000, '2h01m'],
    [86_390_000_000, '1d'],
    [273_600_000_000, '3d04h'],
    [31_536_000_000_000, '365d'],
    [-1_250_000, '-1.25s'],
  ])('writes %d µs as %s', (us, text) => {
    expect(formatDuration(us)).toBe(text);
  });

  it('stays within one per cent and a short text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400_000_000 }), (us) => {
        const text = formatDuration(us);
        expect(text.length).toBeLessThanOrEqual(6);
        expect(Math.abs(parseDuration(text) - us)).toBeLessThanOrEqual(us / 100);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (us) => {
    expect(() => formatDuration(us)).toThrow(DurationError);
  });
});

describe('exactDuration', () => {
  it.each([
    [0, '0s'],
    [250, '250us'],
    [1_500, '1.5ms'],
    [12_000_000, '12s'],
    [1_250_000, '1.25s'],
    [90_000_000, '1m30s'],
    [60_000_001, '1m0.000001s'],
    [5_400_000_000, '1h30m'],
    [86_400_000_000, '1d'],
  ])('writes %d µs as %s', (us, text) => {
    expect(exactDuration(us)).toBe(text);
  });

  it('is read back exactly', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeNat(), fc.nat(100_000_000_000), fc.nat(2_000_000)), (us) => {
        expect(parseDuration(exactDuration(us))).toBe(us);
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses %s', (us) => {
    expect(() => exactDuration(us)).toThrow(DurationError);
  });
});
