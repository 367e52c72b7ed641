import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../random.ts';
import { constant } from './constant.ts';
import type { Distribution } from './distribution.ts';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import { compile, describeDistribution, mean, quantile, scaleDistribution } from './families.ts';
import { gamma } from './gamma.ts';
import { lognormal } from './lognormal.ts';
import { mixture } from './mixture.ts';
import { DistributionError } from './parameter.ts';
import { sampler } from './sampler.ts';
import { shifted } from './shifted.ts';
import { uniform } from './uniform.ts';
import { weibull } from './weibull.ts';

/** One of each kind and some awkward ones, with the text that describes them. */
const distributions: readonly (readonly [string, Distribution])[] = [
  ['constant(5s)', constant('5s')],
  ['uniform(1s to 3s)', uniform('1s', '3s')],
  ['uniform(2s to 2s)', uniform('2s', '2s')],
  ['exponential(mean 30s)', exponential('30s')],
  ['lognormal(median 12s, p95 30s)', lognormal({ median: '12s', p95: '30s' })],
  ['gamma(shape 4, mean 2s)', gamma({ shape: 4, mean: '2s' })],
  ['gamma(shape 0.5, mean 2s)', gamma({ shape: 0.5, mean: '2s' })],
  ['weibull(shape 1.5, scale 10s)', weibull({ shape: 1.5, scale: '10s' })],
  ['weibull(shape 0.7, scale 1m40s)', weibull({ shape: 0.7, scale: '100s' })],
  ['empirical(4 samples from 37s to 1m4s, median 43.5s)', empirical(['64s', '37s', '46s', '41s'])],
  ['empirical(1 samples from 37s to 37s, median 37s)', empirical(['37s'])],
  [
    'mixture(30% constant(1s), 70% exponential(mean 9s))',
    mixture([
      { weight: 3, of: constant('1s') },
      { weight: 7, of: exponential('9s') },
    ]),
  ],
  ['shifted(2s + gamma(shape 2, mean 1.5ms))', shifted('2s', gamma({ shape: 2, mean: '1.5ms' }))],
];

const probability = fc.double({ min: 0.0001, max: 0.9999, noNaN: true });
const DRAWS = 40_000;

describe.each(distributions)('%s', (text, distribution) => {
  const law = compile(distribution);
  const stream = new RandomStreams('7').stream(text);
  const draw = sampler(distribution);
  const draws = Float64Array.from({ length: DRAWS }, () => draw(stream)).sort();

  it('is described so', () => {
    expect(describeDistribution(distribution)).toBe(text);
  });

  it('draws whole microseconds from 0 on', () => {
    expect(draws.every((us) => Number.isSafeInteger(us) && us >= 0)).toBe(true);
  });

  it('draws with the mean it claims', () => {
    const average = draws.reduce((sum, us) => sum + us, 0) / DRAWS;
    const deviation = Math.sqrt(draws.reduce((sum, us) => sum + (us - average) ** 2, 0) / DRAWS);
    expect(Math.abs(average - mean(distribution))).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(DRAWS) + 0.5);
  });

  it.each([0.01, 0.25, 0.5, 0.9, 0.99])('draws with the quantile it claims at %d', (p) => {
    // The claimed quantile must lie between the order statistics four standard deviations to each side.
    const spread = 4 * Math.sqrt(DRAWS * p * (1 - p));
    const claimed = quantile(distribution, p);
    expect(claimed).toBeGreaterThanOrEqual(draws[Math.floor(DRAWS * p - spread)]! - 0.5);
    expect(claimed).toBeLessThanOrEqual(draws[Math.ceil(DRAWS * p + spread)]! + 0.5);
  });

  it('has a mean that is the area under its quantiles', () => {
    const steps = 200_000;
    let area = 0;
    for (let index = 0; index < steps; index++) area += law.quantile((index + 0.5) / steps) / steps;
    expect(Math.abs(area / mean(distribution) - 1)).toBeLessThan(5e-4);
  });

  it('has quantiles that never fall', () => {
    fc.assert(
      fc.property(probability, probability, (p, q) => {
        expect(law.quantile(Math.max(p, q))).toBeGreaterThanOrEqual(law.quantile(Math.min(p, q)));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('has a distribution function that reaches p at the quantile, and not before', () => {
    fc.assert(
      fc.property(probability, (p) => {
        const us = law.quantile(p);
        expect(law.cdf(us)).toBeGreaterThanOrEqual(p - 1e-11);
        expect(law.cdf(us * (1 - 1e-9) - 1e-9)).toBeLessThanOrEqual(p + 1e-11);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('takes one number of the stream for a draw', () => {
    let taken = 0;
    const counted = Object.assign(
      () => {
        taken += 1;
        return ((taken * 7_919) % 10_007) / 10_007;
      },
      { key: 'counted' },
    );
    for (let index = 0; index < 500; index++) draw(counted);
    expect(taken).toBe(500);
  });

  it('is multiplied draw by draw when it is scaled', () => {
    const [plain, scaled] = [compile(distribution), compile(scaleDistribution(distribution, 2.5))];
    for (const p of [0, 0.001, 0.2, 0.31, 0.5, 0.95]) {
      const [one, other] = [plain, scaled].map(({ draw: own, quantile: other }) => (own ?? other)(p));
      expect(other).toBeCloseTo(2.5 * one!, 3);
    }
    expect(mean(scaleDistribution(distribution, 2.5))).toBeCloseTo(2.5 * mean(distribution), 3);
  });
});

describe('parameters', () => {
  const bad: readonly (readonly [string, Distribution])[] = [
    ['constant us must be a finite number from 0 on, found NaN', { kind: 'constant', us: Number.NaN }],
    ['constant us must be a finite number from 0 on, found -1', { kind: 'constant', us: -1 }],
    ['uniform minUs must be a finite number from 0 on, found -1', { kind: 'uniform', minUs: -1, maxUs: 1 }],
    ['uniform maxUs must be at least minUs (3), found 2', { kind: 'uniform', minUs: 3, maxUs: 2 }],
    [
      'uniform maxUs must be at least minUs (3), found Infinity',
      { kind: 'uniform', minUs: 3, maxUs: Number.POSITIVE_INFINITY },
    ],
    ['exponential meanUs must be a finite number above 0, found 0', { kind: 'exponential', meanUs: 0 }],
    [
      'lognormal medianUs must be a finite number above 0, found NaN',
      { kind: 'lognormal', medianUs: Number.NaN, p95Us: 2 },
    ],
    ['lognormal p95Us must be above medianUs (5), found 5', { kind: 'lognormal', medianUs: 5, p95Us: 5 }],
    ['gamma shape must be from 0.01 to 10000, found 0', { kind: 'gamma', shape: 0, meanUs: 1 }],
    ['gamma meanUs must be a finite number above 0, found -2', { kind: 'gamma', shape: 2, meanUs: -2 }],
    ['weibull shape must be from 0.01 to 10000, found NaN', { kind: 'weibull', shape: Number.NaN, scaleUs: 1 }],
    ['weibull scaleUs must be a finite number above 0, found 0', { kind: 'weibull', shape: 1, scaleUs: 0 }],
    ['empirical samplesUs must hold at least one sample, found none', { kind: 'empirical', samplesUs: [] }],
    ['empirical samplesUs[1] must be a finite number from 0 on, found -1', { kind: 'empirical', samplesUs: [1, -1] }],
    ['mixture parts must hold at least one part, found none', { kind: 'mixture', parts: [] }],
    [
      'mixture parts[0].weight must be a finite number above 0, found 0',
      { kind: 'mixture', parts: [{ weight: 0, of: { kind: 'constant', us: 1 } }] },
    ],
    [
      'exponential meanUs must be a finite number above 0, found NaN',
      { kind: 'mixture', parts: [{ weight: 1, of: { kind: 'exponential', meanUs: Number.NaN } }] },
    ],
    [
      'shifted byUs must be a finite number from 0 on, found -1',
      { kind: 'shifted', byUs: -1, of: { kind: 'constant', us: 1 } },
    ],
    [
      'exponential meanUs must be at most 9007199254740991, found 100000000000000000000',
      { kind: 'exponential', meanUs: 1e20 },
    ],
    ['kind must be one of constant, uniform,', { kind: 'normal', us: 1 } as unknown as Distribution],
    ['found toString', { kind: 'toString', us: 1 } as unknown as Distribution],
  ];

  it.each(bad)('are refused by name: %s', (message, distribution) => {
    for (const use of [sampler, mean, describeDistribution, (each: Distribution) => quantile(each, 0.5)]) {
      expect(() => use(distribution)).toThrow(message);
      expect(() => use(distribution)).toThrow(DistributionError);
    }
  });

  it.each([Number.NaN, -0.1, 1.1])('include the probability of a quantile: %s', (p) => {
    expect(() => quantile(constant('1s'), p)).toThrow(`p must be from 0 to 1, found ${p}`);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('include the factor of a scaling: %s', (factor) => {
    expect(() => scaleDistribution(constant('1s'), factor)).toThrow(
      `factor must be a finite number above 0, found ${factor}`,
    );
  });
});
