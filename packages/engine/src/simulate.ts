import type { RandomStreams } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import type { Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { executeCompiled } from './charts/compiled-chart.ts';
import { interpretChart } from './charts/interpreted-chart.ts';
import { startWorkload } from './clients/workload.ts';
import { scheduleFaults } from './faults/inject.ts';
import { headerOf } from './header.ts';
import { type Follower, Recorder } from './recorder.ts';
import { startSampling } from './sampling.ts';
import { World } from './world.ts';

export interface SimulationOptions {
  /** Charts by XState's own interpreter (the default), or compiled to tables: faster, and the records are the same. */
  readonly charts?: 'interpreted' | 'compiled';
  /**
   * Operations event by event (the default), or straight on as long as nothing else happens: faster, and the records are
   * the same. A run that is observed goes event by event.
   */
  readonly operations?: 'event-by-event' | 'straight';
  /**
   * `brief`: facts are recorded without what was drawn for them, commands without their details, events with their
   * message as the catalogue has it, and look-ups of clients only where the answer is another one, for those who read
   * none of it. It is faster, as only those draws are made that a chart goes by; all else in the records is the same.
   */
  readonly records?: 'complete' | 'brief';
  /** Also records what copies, segments and resolvers really hold, for those who check the run. All other records stay the same. */
  readonly observed?: boolean;
  /** Is given the world before it starts, to put a broken part into it: for those who check that checks can fail. */
  readonly sabotage?: (world: World) => void;
  /** Chance in place of that of the scenario's seed: for those who sample some draws from another law and weigh the run. */
  readonly streams?: RandomStreams;
}

/**
 * Runs a scenario: a fold over simulated time, one trace record after the other. It is lazy: a consumer that
 * has seen enough stops pulling, and nothing more is simulated. Same scenario, same seed: same records.
 *
 * @param kinds The deployment kinds that the scenario's databases may name, by id.
 */
export function* simulate(
  scenario: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
  options: SimulationOptions = {},
): Generator<TraceRecord, void, void> {
  const world = worldOf(scenario, kinds, options);
  const { recorder } = world;
  yield headerOf(world);
  begin(world);
  while (nextInstant(world)) {
    for (let place = 0; place < recorder.count; place++) yield recorder.at(place);
    recorder.clear();
  }
  end(world);
  yield* recorder.take();
  yield { type: 'end', atUs: world.nowUs };
}

/** The same run for a follower that may end it early: thousands of runs cost less so than as sequences of records. */
export function followSimulation(
  scenario: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
  follower: Follower,
  options: SimulationOptions = {},
): void {
  const recorder = new Recorder(follower, options.records === 'brief');
  const world = worldOf(scenario, kinds, options, recorder);
  const { agenda } = world;
  recorder.add(headerOf(world));
  begin(world);
  while (!recorder.settled && agenda.step(scenario.horizonUs));
  if (recorder.settled) return;
  end(world);
  recorder.add({ type: 'end', atUs: world.nowUs });
}

function worldOf(
  scenario: Scenario,
  kinds: ReadonlyMap<string, DeploymentKind>,
  { charts, observed, sabotage, streams, operations }: SimulationOptions,
  recorder = new Recorder(),
): World {
  const world = new World(scenario, kinds, {
    recorder,
    observed: observed === true,
    executeChart: charts === 'compiled' ? executeCompiled : interpretChart,
    goesStraight: operations === 'straight',
    streams,
  });
  sabotage?.(world);
  return world;
}

function begin(world: World): void {
  const { scenario } = world;
  for (const database of world.databases()) database.start();
  scheduleFaults(world);
  startSampling(world);
  world.observation?.start(scenario.horizonUs);
  scenario.workload.forEach((workload, index) => {
    const cohort = world.cohorts.get(workload.client);
    if (cohort) startWorkload(world, cohort, workload, index);
  });
}

/** Goes on to the next event that leaves records; false when there is none before the end of the run. */
function nextInstant({ agenda, recorder, scenario }: World): boolean {
  while (agenda.step(scenario.horizonUs)) if (recorder.count > 0) return true;
  return false;
}

function end(world: World): void {
  world.agenda.runUntil(world.scenario.horizonUs);
  for (const cohort of world.cohorts.values()) cohort.abandonUnfinished();
  world.observation?.end(world.operators);
}
