import type { Distribution, MixturePart } from '@faultline/clock';
import { contradict, list, mapping, required, variant } from './mapping.ts';
import { decimal, duration, positiveDuration } from './quantities.ts';
import { derive, type Reader, Refusal, refuse } from './reader.ts';

/** The clock's bounds of a shape; beyond them a double cannot hold the powers. */
const shape = decimal(0.01, 10_000, 2);

const spread = { min: required(duration({ example: '1s' })), max: required(duration({ example: '3s' })) };
const quantiles = { median: required(positiveDuration), p95: required(positiveDuration) };

/** The families that have parameters. A constant is written as the duration alone. */
const families: Readonly<Record<string, Reader<Distribution>>> = {
  uniform: derive(mapping('the least and the most', spread), ({ min, max }, value, report) =>
    max >= min
      ? { kind: 'uniform', minUs: min, maxUs: max }
      : contradict(value, report, 'a `max` below its `min`', 'a `max` of at least `min`', '{ min: 1s, max: 3s }'),
  ),
  exponential: derive(mapping('the mean', { mean: required(positiveDuration) }), ({ mean }) => ({
    kind: 'exponential',
    meanUs: mean,
  })),
  lognormal: derive(
    mapping('the median and the 95th percentile', quantiles, '{ median: 12s, p95: 30s }'),
    ({ median, p95 }, value, report) =>
      p95 > median
        ? { kind: 'lognormal', medianUs: median, p95Us: p95 }
        : contradict(
            value,
            report,
            'a `p95` that is not above its `median`',
            'a `p95` above the `median`',
            '{ median: 12s, p95: 30s }',
          ),
  ),
  gamma: derive(mapping('shape and mean', { shape: required(shape), mean: required(positiveDuration) }), (parts) => ({
    kind: 'gamma',
    shape: parts.shape,
    meanUs: parts.mean,
  })),
  weibull: derive(
    mapping('shape and scale', { shape: required(shape), scale: required(positiveDuration) }),
    (parts) => ({
      kind: 'weibull',
      shape: parts.shape,
      scaleUs: parts.scale,
    }),
  ),
  empirical: derive(list(duration(), { min: 1 }), (samplesUs) => ({ kind: 'empirical', samplesUs })),
  mixture: derive(
    list(
      lazy<MixturePart>('a part', '{ weight: 0.3, of: 30s }', () => mixturePart),
      { min: 1, max: 100 },
    ),
    (parts) => ({ kind: 'mixture', parts }),
  ),
  shifted: derive(
    lazy('the least and what comes on top', '{ by: 2s, of: { exponential: { mean: 30s } } }', () => shift),
    ({ by, of }) => ({ kind: 'shifted', byUs: by, of }),
  ),
};

const constant = duration();
const parametric = variant('a distribution', families);

/** How long something takes: `12s`, or a family with its parameters such as `{ lognormal: { median, p95 } }`. */
export const distribution: Reader<Distribution> = {
  expects: `a duration with its unit, or a distribution: ${Object.keys(families).join(', ')}`,
  example: '12s',
  read(value, report) {
    if (value.type === 'mapping') return parametric.read(value, report);
    const us = constant.accept(value);
    return us instanceof Refusal ? refuse(value, report, distribution, us) : { kind: 'constant', us };
  },
};

const mixturePart = mapping('a weight and a distribution', {
  weight: required(decimal(0.000001, 1_000_000, 0.3)),
  of: required(distribution),
});

const shift = mapping('the least and what comes on top', { by: required(duration()), of: required(distribution) });

/** A reader that is defined further down: distributions hold distributions. */
function lazy<T>(expects: string, example: string, inner: () => Reader<T>): Reader<T> {
  return { expects, example, read: (value, report) => inner().read(value, report) };
}
