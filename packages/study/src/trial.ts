import { followSimulation, type SimulationOptions } from '@faultline/engine';
import { TableMemory, TrialFold } from '@faultline/metrics';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import { type BlockColumns, columnsOf } from './block-columns.ts';
import { summarise, type TrialSummary } from './trial-summary.ts';

/** Some trials of one scenario: numbers `from` to `to`, both included. */
export interface TrialBlock {
  readonly job: 'comparison';
  readonly scenario: Scenario;
  readonly seed: string;
  readonly from: number;
  readonly to: number;
}

const SHORT_WAYS: SimulationOptions = { charts: 'compiled', operations: 'straight', records: 'brief' };

/** Runs a block. Its result depends on the block alone, wherever and after whatever it runs. */
export function runBlock(
  { scenario, seed, from, to }: TrialBlock,
  kinds: ReadonlyMap<string, DeploymentKind>,
): BlockColumns {
  const summaries: TrialSummary[] = [];
  const memory = new TableMemory();
  for (let trial = from; trial <= to; trial++)
    summaries.push(runTrial(scenario, trial, seed, kinds, 'compiled', memory));
  return columnsOf(from, summaries);
}

/**
 * One trial: the scenario under another seed, simulated until every cohort's recovery is known.
 * Equal trial numbers share their chance across deployment kinds, which makes differences between kinds sharp.
 *
 * @param charts Who executes the charts: tables, with operations that go straight on and brief records, or XState's own
 * interpreter, with every operation event by event and complete records. The result is the same.
 * @param memory That of an earlier trial, to be taken over.
 */
export function runTrial(
  scenario: Scenario,
  trial: number,
  seed: string,
  kinds: ReadonlyMap<string, DeploymentKind>,
  charts: SimulationOptions['charts'] = 'compiled',
  memory: TableMemory = new TableMemory(),
): TrialSummary {
  const fold = new TrialFold({}, memory);
  const ways = charts === 'compiled' ? SHORT_WAYS : { charts };
  followSimulation({ ...scenario, seed: trialSeed(seed, trial) }, kinds, fold, ways);
  return summarise(trial, fold.result());
}

/** Seed of one trial; `faultline run --seed` with it repeats the trial. */
export function trialSeed(seed: string, trial: number): string {
  return `${seed}.${trial}`;
}
