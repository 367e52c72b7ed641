export { type ComparisonOptions, compare } from './comparison.ts';
export { type ComparisonFault, comparisonFaults } from './comparison-fault.ts';
export type { ComparisonResult, KindComparison } from './comparison-result.ts';
export { comparisonScenario } from './comparison-scenario.ts';
export type { Executor } from './executors/executor.ts';
export { inProcessExecutor } from './executors/in-process.ts';
export { threadExecutor } from './executors/threads.ts';
export { runBlock, runTrial, type TrialBlock, trialSeed } from './trial.ts';
export type { TrialSummary } from './trial-summary.ts';
