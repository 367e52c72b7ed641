import { describe, expect, it } from 'vitest';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import { compile, mean, quantile } from './families.ts';
import { gamma } from './gamma.ts';
import { logGamma, regularizedGamma } from './gamma-function.ts';
import { lognormal } from './lognormal.ts';
import { mixture } from './mixture.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { uniform } from './uniform.ts';
import { weibull } from './weibull.ts';

const relativeError = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('the normal distribution', () => {
  // From an independent implementation: SciPy 1.17.1, stats.norm.ppf.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167813],
    [1e-20, -9.262340089798409],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
  ])('has the quantile of %d right to 15 digits', (p, z) => {
    expect(relativeError(normalQuantile(p), z)).toBeLessThan(1e-15);
  });

  it('has quantiles and probabilities that undo each other, on all three branches', () => {
    for (const p of [1e-250, 1e-12, 1e-5, 0.05, 0.0749, 0.0751, 0.3, 0.5, 0.7, 0.9251, 0.99999]) {
      expect(relativeError(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-12);
    }
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
  });
});

describe('the gamma function', () => {
  it('is the factorial, and the root of pi at one half', () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) {
      factorial *= n;
      expect(relativeError(Math.exp(logGamma(n + 1)), factorial)).toBeLessThan(1e-13);
    }
    expect(relativeError(Math.exp(logGamma(0.5)), Math.sqrt(Math.PI))).toBeLessThan(1e-14);
    expect(relativeError(Math.exp(logGamma(0.25)), 3.625609908221908)).toBeLessThan(1e-14);
  });

  it('is incomplete in two parts that make a whole, on both sides of the switch', () => {
    for (const a of [0.05, 0.5, 1, 7, 300]) {
      for (const ratio of [0.01, 0.5, 0.99, 1, 1.1, 3]) {
        const { lower, upper } = regularizedGamma(a, ratio * a);
        expect(lower + upper).toBeCloseTo(1, 14);
      }
    }
    expect([regularizedGamma(2, 0), regularizedGamma(2, Infinity)]).toEqual([
      { lower: 0, upper: 1 },
      { lower: 1, upper: 0 },
    ]);
  });
});

describe('gamma', () => {
  it('is the exponential for shape 1', () => {
    for (const p of [1e-9, 0.01, 0.5, 0.9, 1 - 1e-12]) {
      expect(
        relativeError(quantile(gamma({ shape: 1, mean: '30s' }), p), quantile(exponential('30s'), p)),
      ).toBeLessThan(1e-9);
    }
  });

  // From SciPy 1.17.1, stats.chi2.ppf: k degrees of freedom are shape k/2 and mean k.
  it.each([
    [1, 0.95, 3.841458820694124],
    [1, 0.5, 0.454936423119572],
    [8, 0.95, 15.50731305586545],
    [8, 0.05, 2.732636793499662],
    [200, 0.95, 233.99426889232492],
  ])('gives the chi-square quantile with %d degrees at %d', (degrees, p, expected) => {
    const distribution = { kind: 'gamma', shape: degrees / 2, meanUs: degrees } as const;
    expect(relativeError(quantile(distribution, p), expected)).toBeLessThan(1e-11);
  });

  it('solves for every shape that it accepts, out to the ends', () => {
    for (const shape of [0.01, 0.1, 0.9, 1.1, 20, 10_000]) {
      const { quantile: at, cdf } = compile({ kind: 'gamma', shape, meanUs: 1e9 });
      for (const p of [1e-12, 1e-3, 0.2, 0.8, 0.999, 1 - 2 ** -53]) {
        const us = at(p);
        // What is far less than a microsecond has probability too, but no digits left.
        if (us > 1e-100) expect(Math.abs(cdf(us) - p)).toBeLessThan(1e-10 * Math.min(1, shape * 10) + 1e-12);
      }
      expect([at(0), at(1)]).toEqual([0, Number.POSITIVE_INFINITY]);
    }
  });
});

describe('lognormal', () => {
  it('has the median and the p95 that it is given', () => {
    const distribution = lognormal({ median: '12s', p95: '30s' });
    expect(quantile(distribution, 0.5)).toBeCloseTo(12_000_000, 6);
    expect(quantile(distribution, 0.95)).toBeCloseTo(30_000_000, 6);
  });
});

describe('weibull', () => {
  it('is over after its scale in 63 % of all cases, and an exponential for shape 1', () => {
    expect(quantile(weibull({ shape: 1.5, scale: '10s' }), 1 - Math.exp(-1))).toBeCloseTo(10_000_000, 3);
    expect(quantile(weibull({ shape: 1, scale: '30s' }), 0.9)).toBeCloseTo(quantile(exponential('30s'), 0.9), 3);
    // Γ(1 + 1/2) is half the root of pi.
    expect(mean(weibull({ shape: 2, scale: '10s' }))).toBeCloseTo(5_000_000 * Math.sqrt(Math.PI), 3);
  });
});

describe('empirical', () => {
  it('has straight lines between the sorted samples', () => {
    const distribution = empirical(['10s', '40s', '20s']);
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(distribution, p) / 1e6)).toEqual([10, 15, 20, 30, 40]);
    expect(mean(distribution)).toBe((1e6 * (15 + 30)) / 2);
  });

  it('has a step where samples are equal', () => {
    const { cdf } = compile(empirical(['10s', '20s', '20s', '20s', '30s']));
    expect([9e6, 10e6, 15e6, 20e6, 25e6, 30e6].map(cdf)).toEqual([0, 0, 0.125, 0.75, 0.875, 1]);
  });
});

describe('mixture', () => {
  const distribution = mixture([
    { weight: 1, of: uniform('10s', '20s') },
    { weight: 3, of: uniform('0s', '4s') },
  ]);
  const { draw = () => Number.NaN } = compile(distribution);

  it('splits its one uniform number into a choice and the part’s own', () => {
    expect([0, 0.125, 0.25, 0.625].map((each) => draw(each) / 1e6)).toEqual([10, 15, 0, 2]);
    expect(draw(1 - 2 ** -53) / 1e6).toBeCloseTo(4, 6);
  });

  it('has quantiles in rising order over all parts, whatever their order', () => {
    const expected = new Map([
      [0, 0],
      [0.375, 2],
      [0.75, 4],
      [0.875, 15],
      [1, 20],
    ]);
    for (const [p, seconds] of expected) expect(quantile(distribution, p) / 1e6).toBeCloseTo(seconds, 12);
  });

  it('may hold a mixture', () => {
    const nested = mixture([
      { weight: 1, of: distribution },
      { weight: 1, of: exponential('1s') },
    ]);
    expect(mean(nested)).toBe((mean(distribution) + 1e6) / 2);
    expect(quantile(nested, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});
