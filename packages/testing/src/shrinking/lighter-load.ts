import { MINUTE_US, SECOND_US } from '@faultline/clock';
import {
  type ClientSpec,
  driverDefaults,
  noPool,
  noRetry,
  type Scenario,
  type WorkloadSpec,
} from '@faultline/scenario';

/** The scenario with less work: without one entry, with one that is plainer. */
export function* lighterWorkloads(scenario: Scenario): Generator<Scenario> {
  const { workload } = scenario;
  for (const left of workload) yield { ...scenario, workload: workload.filter((work) => work !== left) };
  for (const [place, work] of workload.entries()) {
    for (const plainer of plainerWork(work)) yield { ...scenario, workload: workload.with(place, plainer) };
  }
}

const EVERY_US = [MINUTE_US, 10 * SECOND_US, SECOND_US];

function* plainerWork(work: WorkloadSpec): Generator<WorkloadSpec> {
  const { arrivals } = work;
  const now = arrivals.process === 'every' ? arrivals.everyUs : 0;
  const known = EVERY_US.indexOf(now);
  for (const everyUs of known < 0 ? EVERY_US : EVERY_US.slice(0, known)) {
    yield { ...work, arrivals: { process: 'every', everyUs } };
  }
  if (work.keys > 1) yield { ...work, keys: 1 };
  if (work.untilUs !== null) yield { ...work, untilUs: null };
  if (work.fromUs > 0) yield { ...work, fromUs: 0 };
  if (work.action !== 'transaction' && work.consistency === 'strong') yield { ...work, consistency: 'eventual' };
}

/** The plainest client: a connection for every operation, no cache, a deadline on everything, one try. */
const PLAINEST: Pick<ClientSpec, 'count' | 'dnsCache' | 'pool' | 'driver' | 'retry' | 'routing'> = {
  count: 1,
  dnsCache: { mode: 'none' },
  pool: noPool,
  driver: { ...driverDefaults, connectTimeoutUs: 2 * SECOND_US, socketTimeoutUs: 5 * SECOND_US },
  retry: noRetry,
  routing: null,
};

/** The scenario with plainer clients, and with an earlier seed. */
export function* plainerClients(scenario: Scenario): Generator<Scenario> {
  for (const spec of Object.values(scenario.topology.clients)) {
    const different = (Object.keys(PLAINEST) as (keyof typeof PLAINEST)[]).filter(
      (key) => JSON.stringify(spec[key]) !== JSON.stringify(PLAINEST[key]),
    );
    if (different.length > 1) yield withClient(scenario, { ...spec, ...PLAINEST });
    for (const key of different) yield withClient(scenario, { ...spec, [key]: PLAINEST[key] });
  }
}

function withClient(scenario: Scenario, spec: ClientSpec): Scenario {
  const { topology } = scenario;
  return { ...scenario, topology: { ...topology, clients: { ...topology.clients, [spec.name]: spec } } };
}

const SEEDS = ['1', '2', '3', '4', '5'];

/** The scenario with one of the first seeds. */
export function* earlierSeeds(scenario: Scenario): Generator<Scenario> {
  const known = SEEDS.indexOf(scenario.seed);
  for (const seed of known < 0 ? SEEDS : SEEDS.slice(0, known)) yield { ...scenario, seed };
}
