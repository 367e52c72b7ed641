export { type Cause, type CauseOption, requestCause, requestOf, type TargetKind } from './cause.ts';
export { causes } from './causes.ts';
export { PROXY_ENDPOINT } from './declared.ts';
export { type DefaultOrigin, defaultOrigins } from './default-origins.ts';
export {
  CLIENT_COUNT,
  dnsCacheDefault,
  driverDefaults,
  keepaliveDefaults,
  noPool,
  noRetry,
  poolDefaults,
  proxyDefaults,
  READ_CONSISTENCY,
  retryDefaults,
  routingDefaults,
  SAMPLE_EVERY_US,
  WORKLOAD_KEYS,
} from './defaults.ts';
export { noExpectations } from './expect.ts';
export {
  alwaysExpectations,
  type BoundedMeasure,
  boundedMeasures,
  eventuallyExpectations,
  sometimesExpectations,
} from './expectations.ts';
export { isSeed, SEED_EXPECTS } from './names.ts';
export { nearest } from './nearest.ts';
export { type ParseResult, parseScenario } from './parse.ts';
export { placementOf, regionOf } from './placement.ts';
export { formatProblem, type Problem } from './problem.ts';
export { proxyHosts } from './proxy.ts';
export type { ProxySpec } from './proxy-spec.ts';
export type * from './scenario.ts';
export { stringifyScenario } from './stringify.ts';
export { type BaseReader, parseStudy, type StudyParseResult } from './study/parse-study.ts';
export {
  MOST_TRIALS,
  PRECISION_EXPECTS,
  precisionOf,
  precisionText,
  QUANTILE_EXPECTS,
  quantileOf,
  quantileText,
} from './study/precision.ts';
export type { StudyPurpose } from './study/searchable.ts';
export type * from './study/study.ts';
export { MAX_SCENARIO_BYTES } from './text-limits.ts';
export type * from './workload-spec.ts';
