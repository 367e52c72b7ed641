export { faultSchedulesOf, topologiesOf, workloadsOf } from './arbitraries/parts.ts';
export { type ScenarioOptions, scenariosLike, scenariosOf } from './arbitraries/scenarios.ts';
export {
  type ChartRewriting,
  type ChartState,
  type ChartTransition,
  rewritten,
  type TransitionPlace,
  transitionsOf,
} from './charts/chart-parts.ts';
export { type CheckedRun, type CheckOptions, checkRun, RUN_COMPLETES } from './checking/check-run.ts';
export { type Counterexample, counterexample } from './checking/counterexample.ts';
export { type SearchedRun, type SearchPlan, search } from './checking/search.ts';
export { Coverage, type CoverageSummary, type KindCoverage, type Share } from './coverage/coverage.ts';
export { type ChartCounts, transitionName, watchedKind } from './coverage/watched-chart.ts';
export { type Exploration, explore } from './exploration/explore.ts';
export { type ExploredChart, exploredChart } from './exploration/explored-chart.ts';
export type { Limits } from './exploration/offered-facts.ts';
export { withoutWayBack } from './exploration/way-back.ts';
export { type AlwaysOptions, expectAlways, holdsIn } from './properties/expect-always.ts';
export { type Deployment, deploymentsOf } from './topologies/deployment.ts';
export { type FaultChoice, faultMenu } from './topologies/fault-menu.ts';
