import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomStream } from '../random.ts';
import { exponential } from './exponential.ts';
import { gamma } from './gamma.ts';
import { lognormal } from './lognormal.ts';
import { sampler } from './sampler.ts';
import { weibull } from './weibull.ts';
import { LONGEST_DRAW_US } from './whole-us.ts';

const always =
  (uniform: number): RandomStream =>
  () =>
    uniform;
const LARGEST = 1 - 2 ** -53;

describe('sampler', () => {
  it('rounds at the draw', () => {
    expect(sampler({ kind: 'uniform', minUs: 0, maxUs: 10 })(always(0.26))).toBe(3);
    expect(sampler({ kind: 'constant', us: 2.5 })(always(0.1))).toBe(3);
  });

  it('rounds short and long draws alike', () => {
    for (const us of [
      0,
      0.49,
      0.5,
      1.5,
      2 ** 31 - 1.5,
      2 ** 31 - 1,
      2 ** 31 - 0.5,
      2 ** 31,
      2 ** 31 + 0.5,
      2 ** 40 + 0.5,
    ]) {
      expect(sampler({ kind: 'constant', us })(always(0.1))).toBe(Math.round(us));
    }
  });

  it('grows with its uniform number', () => {
    const draws = [exponential('30s'), lognormal({ median: '12s', p95: '30s' }), gamma({ shape: 4, mean: '2s' })].map(
      sampler,
    );
    const uniforms = fc.double({ min: 0, max: LARGEST, noNaN: true });
    fc.assert(
      fc.property(uniforms, uniforms, fc.constantFrom(...draws), (one, other, draw) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(draw(always(high))).toBeGreaterThanOrEqual(draw(always(low)));
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('takes the smallest and the largest number of a stream', () => {
    const draw = sampler(exponential('30s'));
    expect(draw(always(0))).toBe(0);
    expect(draw(always(LARGEST))).toBe(Math.round(53 * Math.LN2 * 30e6));
    expect(sampler(lognormal({ median: '12s', p95: '30s' }))(always(0))).toBe(0);
  });

  it('never draws more than a century', () => {
    expect(sampler(weibull({ shape: 0.05, scale: '1d' }))(always(LARGEST))).toBe(LONGEST_DRAW_US);
    expect(Number.isSafeInteger(2 * LONGEST_DRAW_US)).toBe(true);
  });
});
