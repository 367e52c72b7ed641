import { TableMemory } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import { comparisonFaults, comparisonScenario, runTrial } from '@faultline/study';

/**
 * Trials of one kind under host failure in a process of their own, as a worker of a study runs them: what else was run
 * before leaves nothing behind that the just-in-time compiler would have to allow for. Prints trials per second of
 * processor time.
 *
 * `fast` as in studies, `plain` event by event and charts by XState itself, `retrying` as in studies with clients that a
 * scenario has where it says nothing of them: they try again, and keep a DNS answer for long.
 */
const [id = '', how = ''] = process.argv.slice(2);
const [WARM_UP_S, MEASURED_S] = [5, 2];
const BATCH = 20;

const kind = kinds.get(id);
const fault = comparisonFaults.get('host-failure');
const compared = kind && fault && comparisonScenario(kind, fault, kinds);
if (!compared) throw new Error(`no trials of ${id}`);
const scenario = how === 'retrying' ? withDefaultClients(compared) : compared;

// As within a block of trials.
const memory = new TableMemory();
let trial = 0;
const trialsFor = (seconds: number): number => {
  const begun = process.cpuUsage();
  const first = trial;
  for (;;) {
    for (let one = 0; one < BATCH; one++)
      runTrial(scenario, ++trial, '7', kinds, how === 'plain' ? 'interpreted' : 'compiled', memory);
    const { user, system } = process.cpuUsage(begun);
    const spentS = (user + system) / 1e6;
    if (spentS >= seconds) return (trial - first) / spentS;
  }
};

trialsFor(WARM_UP_S);
process.stdout.write(`${trialsFor(MEASURED_S)}\n`);

function withDefaultClients(scenario: Scenario): Scenario {
  const text = `
    scenario: defaults
    seed: 7
    horizon: 1s
    topology:
      regions: { us-east-1: [use1-az1] }
      databases: { orders: { model: rds.single-az, engine: postgres, az: use1-az1 } }
      clients: { checkout: { connectsTo: orders, from: use1-az1 } }
    workload: [{ client: checkout, op: write, arrivals: { every: 1s } }]`;
  const parsed = parseScenario(text, 'defaults', kinds);
  if (!parsed.ok) throw new Error('the scenario of default clients is none');
  const [defaults] = Object.values(parsed.scenario.topology.clients);
  if (!defaults) throw new Error('no default clients');
  const { pool, driver, retry, dnsCache } = defaults;
  const clients = Object.entries(scenario.topology.clients).map(([name, spec]) => [
    name,
    { ...spec, pool, driver, retry, dnsCache },
  ]);
  return { ...scenario, topology: { ...scenario.topology, clients: Object.fromEntries(clients) } };
}
