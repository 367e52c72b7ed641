import { describe, expect, it } from 'vitest';
import { type RandomStream, RandomStreams } from '../random.ts';
import { constant } from './constant.ts';
import type { Distribution } from './distribution.ts';
import { exponential } from './exponential.ts';
import { compile, mean } from './families.ts';
import { gamma } from './gamma.ts';
import { lognormal } from './lognormal.ts';
import { mixture } from './mixture.ts';
import { tabulate } from './tabulate.ts';
import { weibull } from './weibull.ts';

const always =
  (uniform: number): RandomStream =>
  () =>
    uniform;

/** Largest error relative to the draw itself, beyond the half microsecond of rounding, over even steps. */
function worstError(distribution: Distribution, steps: number): number {
  const { quantile } = compile(distribution);
  const draw = tabulate(distribution);
  let worst = 0;
  for (let index = 0; index < steps; index++) {
    const uniform = (index + 0.5) / steps;
    const exact = quantile(uniform);
    worst = Math.max(worst, (Math.abs(draw(always(uniform)) - exact) - 0.5) / exact);
  }
  return worst;
}

describe('tabulate', () => {
  it.each([
    ['an exponential', exponential('30s'), 2e-4],
    ['a narrow lognormal', lognormal({ median: '12s', p95: '30s' }), 2e-4],
    ['a wide lognormal', lognormal({ median: '1s', p95: '30s' }), 2e-4],
    ['a gamma', gamma({ shape: 4, mean: '2s' }), 2e-4],
    ['a gamma that piles up at 0', gamma({ shape: 0.5, mean: '2s' }), 5e-3],
    ['a weibull that piles up at 0', weibull({ shape: 0.5, scale: '10s' }), 5e-3],
  ])('is as close to %s as it says', (_, distribution, bound) => {
    expect(worstError(distribution, 100_003)).toBeLessThan(bound);
  });

  it('is exact in both tails', () => {
    const distribution = lognormal({ median: '12s', p95: '30s' });
    const { quantile } = compile(distribution);
    const draw = tabulate(distribution);
    for (const uniform of [0, 1e-12, 0.0001, 0.0078, 0.9922, 0.9999, 1 - 2 ** -53]) {
      expect(draw(always(uniform))).toBe(Math.round(quantile(uniform)));
    }
  });

  it('keeps the mean, and grows with its uniform number even for a mixture', () => {
    const distribution = mixture([
      { weight: 1, of: exponential('9s') },
      { weight: 1, of: constant('1s') },
    ]);
    const draw = tabulate(distribution);
    const even = Array.from({ length: 20_000 }, (_, index) => draw(always((index + 0.5) / 20_000)));
    expect(even).toEqual([...even].sort((a, b) => a - b));
    const stream = new RandomStreams('7').stream('tabulated');
    let sum = 0;
    for (let index = 0; index < 200_000; index++) sum += draw(stream);
    expect(Math.abs(sum / 200_000 / mean(distribution) - 1)).toBeLessThan(0.01);
  });

  it.each([255, 65_537, 4096.5, Number.NaN])('refuses %s points', (points) => {
    expect(() => tabulate(constant('1s'), points)).toThrow(
      `points must be a whole number from 256 to 65536, found ${points}`,
    );
  });
});
