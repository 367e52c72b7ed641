export { type Exploration, explore } from './exploration/explore.ts';
export { type ExploredChart, exploredChart } from './exploration/explored-chart.ts';
export type { Limits } from './exploration/offered-facts.ts';
export { withoutWayBack } from './exploration/way-back.ts';
