import { followSimulation } from '@faultline/engine';
import { type RareTilt, TableMemory, TrialFold } from '@faultline/metrics';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { trialSeed } from '../trial.ts';
import { summarise } from '../trial-summary.ts';
import { type Hazard, TiltedStreams } from './tilted-streams.ts';

/** Some trials of one scenario with tilted chance: numbers `from` to `to`, both included. */
export interface RareBlock {
  readonly job: 'rare';
  readonly scenario: Scenario;
  readonly seed: string;
  readonly from: number;
  readonly to: number;
  readonly tilts: readonly RareTilt[];
  /** Whether the draws come back too: the pilot learns from them, the estimate needs weights only. */
  readonly withHazards: boolean;
}

/** What is kept of one such trial. */
export interface RareTrial {
  /** Infinity when service did not come back before the run ended. */
  readonly recoveryUs: number;
  readonly lost: number;
  /** Likelihood ratio of the draws made. */
  readonly weight: number;
  readonly hazards: readonly Hazard[];
}

/** Runs a block. Its result depends on the block alone. */
export function runRareBlock(
  { scenario, seed, from, to, tilts, withHazards }: RareBlock,
  kinds: ReadonlyMap<string, DeploymentKind>,
): readonly RareTrial[] {
  const mayTilt = databaseStreams(scenario);
  const memory = new TableMemory();
  return Array.from({ length: to - from + 1 }, (_, index): RareTrial => {
    const streams = new TiltedStreams(trialSeed(seed, from + index), tilts, mayTilt);
    const fold = new TrialFold({}, memory);
    followSimulation(scenario, kinds, fold, { charts: 'compiled', operations: 'straight', streams });
    const { recoveryUs, lost } = summarise(from + index, fold.result());
    return { recoveryUs, lost, weight: streams.weight, hazards: withHazards ? streams.hazards : [] };
  });
}

/** Streams of databases: the timings of charts and of people, and how far back the last checkpoint or log upload lies. */
function databaseStreams({ topology }: Scenario): (stream: string) => boolean {
  const prefixes = Object.keys(topology.databases).map((name) => `${name}/`);
  return (stream) => prefixes.some((prefix) => stream.startsWith(prefix));
}
