import { describe } from 'vitest';
import { refusesEach, withKey } from '../test/bad-input.ts';

describe('mistakes in timings and distributions', () => {
  refusesEach([
    [
      'an unknown timing',
      withKey('timings: { promote: 12s }'),
      [
        '13:18',
        'the unknown key `promote`',
        'one of detection, promotion; the nearest is `promotion`',
        'promotion: 12s',
      ],
    ],
    [
      'a timing without unit',
      withKey('timings: { promotion: 12 }'),
      [
        '13:29',
        'the number `12` without a unit',
        'a duration with its unit, or a distribution: uniform, exponential, lognormal, gamma, weibull, empirical, mixture, shifted',
        'promotion: 12s',
      ],
    ],
    [
      'a distribution that does not exist',
      withKey('timings: { promotion: { normal: { mean: 3s } } }'),
      [
        '13:31',
        'the unknown key `normal`',
        'one of uniform, exponential, lognormal, gamma, weibull, empirical, mixture, shifted; the nearest is `lognormal`',
        'lognormal: …',
      ],
    ],
    [
      'two distributions in one',
      withKey('timings: { promotion: { exponential: { mean: 3s }, gamma: { shape: 2, mean: 3s } } }'),
      [
        '13:29',
        'the keys exponential, gamma',
        'exactly one of uniform, exponential, lognormal, gamma, weibull, empirical, mixture, shifted',
        'promotion: { exponential: { mean: 30s } }',
      ],
    ],
    [
      'a distribution with a missing part',
      withKey('timings: { promotion: { lognormal: { median: 3s } } }'),
      ['13:42', 'no key `p95` in this mapping', '`p95`: a duration with its unit: d, h, m, s, ms or us', 'p95: 30s'],
    ],
    [
      'a p95 below its median',
      withKey('timings: { promotion: { lognormal: { median: 3s, p95: 2s } } }'),
      [
        '13:42',
        'a `p95` that is not above its `median`',
        'a `p95` above the `median`',
        'lognormal: { median: 12s, p95: 30s }',
      ],
    ],
    [
      'no samples',
      withKey('timings: { promotion: { empirical: [] } }'),
      ['13:42', 'an empty list', 'at least 1 in the list', 'empirical: [30s]'],
    ],
    [
      'a shape that is no number',
      withKey('timings: { promotion: { gamma: { shape: wide, mean: 3s } } }'),
      ['13:47', 'the text `wide`', 'a number from 0.01 to 10000', 'shape: 2'],
    ],
    [
      'a part of a mixture without weight',
      withKey('timings: { promotion: { mixture: [{ of: 3s }] } }'),
      ['13:41', 'no key `weight` in this mapping', '`weight`: a number from 0.000001 to 1000000', 'weight: 0.3'],
    ],
    [
      'a distribution that is a list',
      withKey('timings: { promotion: [3s] }'),
      [
        '13:29',
        'a list of 1',
        'a duration with its unit, or a distribution: uniform, exponential, lognormal, gamma, weibull, empirical, mixture, shifted',
        'promotion: 12s',
      ],
    ],
    [
      'finer than the clock',
      withKey('timings: { promotion: 0.5us }'),
      ['13:29', 'the text `0.5us`', 'whole microseconds, with their unit', 'promotion: 12s'],
    ],
  ]);
});
