import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { executeCompiled } from './charts/compiled-chart.ts';
import { interpretChart } from './charts/interpreted-chart.ts';
import { startWorkload } from './clients/workload.ts';
import { scheduleFaults } from './faults/inject.ts';
import { headerOf } from './header.ts';
import { startSampling } from './sampling.ts';
import { World } from './world.ts';

export interface SimulationOptions {
  /** Charts by XState's own interpreter (the default), or compiled to tables: faster, and the records are the same. */
  readonly charts?: 'interpreted' | 'compiled';
  /** Also records what copies, segments and resolvers really hold, for those who check the run. All other records stay the same. */
  readonly observed?: boolean;
  /** Is given the world before it starts, to put a broken part into it: for those who check that checks can fail. */
  readonly sabotage?: (world: World) => void;
}

/**
 * Runs a scenario: a fold over simulated time, one trace record after the other. It is lazy: a consumer that
 * has seen enough stops pulling, and nothing more is simulated. Same scenario, same seed: same records.
 *
 * @param kinds The deployment kinds that the scenario's databases may name, by id.
 * @param options Whether observation records come with the others (`isObservation` tells them apart).
 */
export function* simulate(
  scenario: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
  options: SimulationOptions = {},
): Generator<TraceRecord, void, void> {
  const executor = options.charts === 'compiled' ? executeCompiled : interpretChart;
  const world = new World(scenario, kinds, options.observed === true, executor);
  const { agenda, recorder } = world;
  options.sabotage?.(world);
  yield headerOf(world);
  for (const database of world.databases()) database.start();
  scheduleFaults(world);
  startSampling(world);
  world.observation?.start(scenario.horizonUs);
  scenario.workload.forEach((workload, index) => {
    const cohort = world.cohorts.get(workload.client);
    if (cohort) startWorkload(world, cohort, workload, index);
  });
  for (let next = agenda.next(); next !== undefined && next <= scenario.horizonUs; next = agenda.next()) {
    agenda.step();
    if (recorder.isEmpty) continue;
    for (const record of recorder.take()) yield record;
  }
  agenda.runUntil(scenario.horizonUs);
  for (const cohort of world.cohorts.values()) cohort.abandonUnfinished();
  world.observation?.end(world.operators);
  yield* recorder.take();
  yield { type: 'end', atUs: world.nowUs };
}
