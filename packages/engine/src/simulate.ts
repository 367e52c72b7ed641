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

export interface SimulateOptions {
  readonly charts?: 'interpreted' | 'compiled';
}

/**
 * Runs a scenario: a fold over simulated time, one trace record after the other. It is lazy: a consumer that
 * has seen enough stops pulling, and nothing more is simulated. Same scenario, same seed: same records.
 *
 * @param kinds The deployment kinds that the scenario's databases may name, by id.
 * @param options `charts`: by XState's own interpreter (the default), or compiled to tables, which is faster and
 * leaves the same records.
 */
export function* simulate(
  scenario: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
  { charts = 'interpreted' }: SimulateOptions = {},
): Generator<TraceRecord, void, void> {
  const world = new World(scenario, kinds, charts === 'compiled' ? executeCompiled : interpretChart);
  const { agenda, recorder } = world;
  yield headerOf(world);
  for (const database of world.databases()) database.start();
  scheduleFaults(world);
  startSampling(world);
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
  yield* recorder.take();
  yield { type: 'end', atUs: world.nowUs };
}
