export { Agenda, type Due, type Handle, type Work } from './agenda.ts';
export { ClockError } from './clock-error.ts';
export { constant } from './distributions/constant.ts';
export type {
  ConstantDistribution,
  Distribution,
  EmpiricalDistribution,
  ExponentialDistribution,
  GammaDistribution,
  LognormalDistribution,
  MixtureDistribution,
  MixturePart,
  ShiftedDistribution,
  UniformDistribution,
  WeibullDistribution,
} from './distributions/distribution.ts';
export { empirical } from './distributions/empirical.ts';
export { exponential } from './distributions/exponential.ts';
export { describeDistribution, mean, quantile, scaleDistribution } from './distributions/families.ts';
export { gamma } from './distributions/gamma.ts';
export { lognormal } from './distributions/lognormal.ts';
export { mixture } from './distributions/mixture.ts';
export { DistributionError } from './distributions/parameter.ts';
export { type Sampler, sampler } from './distributions/sampler.ts';
export { shifted } from './distributions/shifted.ts';
export { tabulate, tabulatedQuantile } from './distributions/tabulate.ts';
export { uniform } from './distributions/uniform.ts';
export { weibull } from './distributions/weibull.ts';
export { LONGEST_DRAW_US } from './distributions/whole-us.ts';
export {
  DAY_US,
  DurationError,
  HOUR_US,
  MILLISECOND_US,
  MINUTE_US,
  parseDuration,
  parseRate,
  SECOND_US,
  type Us,
} from './durations.ts';
export { EventHeap } from './event-heap.ts';
export { exactDuration, formatDuration } from './format-duration.ts';
export { type RandomStream, RandomStreams } from './random.ts';
export { drive } from './rx-drive.ts';
export { AgendaScheduler } from './rx-scheduler.ts';
export { StreamNames } from './stream-names.ts';
export { AgendaClock } from './xstate-clock.ts';
