/**
 * How long something takes, as plain data: it can be written in a scenario, kept in a trace and compared.
 * Every parameter is in microseconds unless its name says otherwise; parameters need not be whole, draws are.
 */
export type Distribution =
  | ConstantDistribution
  | UniformDistribution
  | ExponentialDistribution
  | LognormalDistribution
  | GammaDistribution
  | WeibullDistribution
  | EmpiricalDistribution
  | MixtureDistribution
  | ShiftedDistribution;

/** Always the same. */
export interface ConstantDistribution {
  readonly kind: 'constant';
  readonly us: number;
}

/** Every value from `minUs` to `maxUs` alike. */
export interface UniformDistribution {
  readonly kind: 'uniform';
  readonly minUs: number;
  readonly maxUs: number;
}

/** Time to the next event of a process without memory. */
export interface ExponentialDistribution {
  readonly kind: 'exponential';
  readonly meanUs: number;
}

/** Many factors multiplied: the usual shape of work that people or services do. Given by two quantiles. */
export interface LognormalDistribution {
  readonly kind: 'lognormal';
  readonly medianUs: number;
  readonly p95Us: number;
}

/** A sum of `shape` exponential stages of equal mean; `shape` need not be whole. */
export interface GammaDistribution {
  readonly kind: 'gamma';
  readonly shape: number;
  readonly meanUs: number;
}

/** Time to failure with a hazard that grows (`shape` above 1) or falls (below 1); 63 % is over after `scaleUs`. */
export interface WeibullDistribution {
  readonly kind: 'weibull';
  readonly shape: number;
  readonly scaleUs: number;
}

/** What was measured, with straight lines between the sorted samples. Never beyond the extremes. */
export interface EmpiricalDistribution {
  readonly kind: 'empirical';
  readonly samplesUs: readonly number[];
}

/** One of several, chosen by weight. */
export interface MixtureDistribution {
  readonly kind: 'mixture';
  readonly parts: readonly MixturePart[];
}

export interface MixturePart {
  /** Relative to the sum of all weights, which need not be 1. */
  readonly weight: number;
  readonly of: Distribution;
}

/** Never less than `byUs`, and another duration on top. */
export interface ShiftedDistribution {
  readonly kind: 'shifted';
  readonly byUs: number;
  readonly of: Distribution;
}
