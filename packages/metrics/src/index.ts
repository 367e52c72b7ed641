export { AvailabilityFold, type AvailabilityResult } from './availability.ts';
export { binomialWindow } from './binomial.ts';
export { DataLossFold, type DataLossResult } from './data-loss/data-loss.ts';
export { type EcdfPoint, ecdf } from './ecdf.ts';
export { type EventLogEntry, EventLogFold, type EventLogResult } from './event-log.ts';
export { FinalStateFold, type FinalStateResult } from './final-state.ts';
export type { Fold } from './fold.ts';
export { Histogram } from './histogram.ts';
export { type AtRiskPoint, LagFold, type LagResult, type LagResults } from './lag.ts';
export { LatencyFold, type LatencyResult } from './latency.ts';
export { type OperatorStepResult, OperatorStepsFold } from './operator-steps.ts';
export { QuantileSketch } from './quantile-sketch.ts';
export { ascending, type Estimate, quantile, shareEstimate } from './quantiles.ts';
export type { InterruptionSpan } from './recovery/interruption-spans.ts';
export { RecoveryFold } from './recovery/recovery.ts';
export type { RecoveryOptions } from './recovery/recovery-options.ts';
export type { OutcomeCounts, RecoveryResult } from './recovery/recovery-result.ts';
export type {
  ComparisonResult,
  DataLossSummary,
  KindComparison,
  OperatorStepShare,
  PhaseSummary,
} from './results/comparison-result.ts';
export type { RareEstimate, RareResult, RareTilt } from './results/rare-result.ts';
export type {
  CandidateVerdict,
  NearMiss,
  SearchCandidate,
  SearchLimit,
  SearchResult,
} from './results/search-result.ts';
export {
  type CellResult,
  type MeanPhase,
  STUDY_QUANTILES,
  type StudyQuantile,
  type StudyResult,
} from './results/study-result.ts';
export type {
  Agreement,
  Band,
  CaseValidation,
  Measured,
  MeasureValidation,
  ValidationResult,
} from './results/validation-result.ts';
export type { FailureResult, PublishedAvailability, YearFigures, YearResult } from './results/year-result.ts';
export { type Sign, SignsFold } from './signs.ts';
export { SplitBrainFold, type SplitBrainResult } from './split-brain.ts';
export { StalenessFold, type StalenessResult } from './staleness.ts';
export { measure, RunFold, type RunMetrics } from './summary.ts';
export { TableMemory } from './table-memory.ts';
export { TrialFold, type TrialResult } from './trial-fold.ts';
export { alwaysMeasured } from './verdicts/always.ts';
export { type Expectations, expectationsIn } from './verdicts/expect.ts';
export type { Bounds, Verdict, VerdictKind } from './verdicts/verdict.ts';
export { judge, judgeHeader, overallVerdict } from './verdicts/verdicts.ts';
export { type AnswerGroup, cachedAnswers, isOutdated } from './view/cached-answers.ts';
export { beliefsAbout, type NodeBeliefs } from './view/observer-view.ts';
export { type OperationRate, operationRates } from './view/operation-rates.ts';
export type { AtRiskSeries, LagSeries, LatencySeries, OperationSeries, SeriesState } from './view/series-state.ts';
export { type RecoveryAt, recoveryAt, waterfallUntil, worstRecoveryAt } from './view/until.ts';
export { ViewFold } from './view/view-fold.ts';
export type {
  AnswerView,
  ChartView,
  CohortView,
  ConnectionsView,
  EndpointView,
  FaultView,
  NodeView,
  OperatorStepView,
  SegmentView,
  StreamView,
  ViewState,
} from './view/view-state.ts';
export { SEGMENT_PHASES, type SegmentPhase, type WaterfallSegment } from './waterfall/segments.ts';
export type { Waterfall } from './waterfall/waterfall.ts';
