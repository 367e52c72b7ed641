import { describe, expect, it } from 'vitest';
import {
  count,
  duration,
  durationInterval,
  enumerated,
  offset,
  percent,
  plural,
  roughly,
  shareInterval,
} from './figures.ts';

describe('figures for people', () => {
  it('say never', () => {
    expect([
      duration(null),
      duration(Number.POSITIVE_INFINITY),
      duration(Number.NEGATIVE_INFINITY),
      duration(0),
    ]).toEqual(['never', 'never', '-never', '0s']);
    expect(count(Number.POSITIVE_INFINITY)).toBe('never');
  });

  it('group digits without a locale', () => {
    expect([0, 999, 1_000, 1_234_567, -4_000].map(count)).toEqual(['0', '999', '1,000', '1,234,567', '-4,000']);
  });

  it('give no more figures than are known', () => {
    expect([553_667_424, 9, 1_249].map(roughly)).toEqual(['550,000,000', '9', '1,200']);
  });

  it('never round a share to none or all', () => {
    expect([0, 0.0004, 0.0038, 0.5, 0.997, 0.9996, 1].map(percent)).toEqual([
      '0%',
      '<0.1%',
      '0.38%',
      '50%',
      '99.7%',
      '>99.9%',
      '100%',
    ]);
  });

  it('show an interval with what is known of it', () => {
    expect(durationInterval({ value: 5e6, low: 4e6, high: 6e6 })).toBe('4s–6s');
    expect(durationInterval({ value: 5e6, low: 4e6, high: Number.POSITIVE_INFINITY })).toBe('4s–never');
    expect(durationInterval({ value: 5e6, low: 4e6, high: null })).toBe('4s–');
    expect(durationInterval({ value: 5e6, low: null, high: null })).toBe('too few trials');
    expect(durationInterval({ value: 3_602e6, low: 3_601e6, high: 3_604e6 })).toBe('1h');
    const never = Number.POSITIVE_INFINITY;
    expect(durationInterval({ value: never, low: never, high: null })).toBe('never');
    expect(shareInterval({ value: 0.98, low: 0.891, high: 0.9998 })).toBe('98% (89.1% to >99.9%)');
    expect(shareInterval({ value: 0.98, low: 0.891, high: 0.998 })).toBe('98% (89.1%–99.8%)');
    expect(durationInterval({ value: 0, low: 0, high: 0 })).toBe('0s');
  });

  it('give offsets a sign, and lists an end', () => {
    expect([offset(5e6, 2e6), offset(2e6, 5e6), offset(5e6, 5e6)]).toEqual(['+3s', '-3s', '+0s']);
    expect(enumerated([1, 2, 3], 3)).toBe('1, 2, 3');
    expect(enumerated([1, 2, 3], 1_203, 2)).toBe('1, 2 and 1,201 more');
    expect([plural(1, 'write'), plural(2, 'write'), plural(2, 'entry', 'entries')]).toEqual([
      '1 write',
      '2 writes',
      '2 entries',
    ]);
  });
});
