import type { DeploymentKind } from '@faultline/models';
import { formatProblem, parseScenario, type Scenario } from '@faultline/scenario';
import type { ComparisonFault } from './comparison-fault.ts';

/** Regions of every comparison, three AZs each; the writer is in the first AZ of the first. */
export const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
  'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
};

/** Long enough for hosts to be replaced and for an hour's outage to end. */
const HORIZON = '90m';

/** A steady state before the fault: connections are open, caches are warm. */
const FAULT_AT = '10s';

/**
 * Clients of a comparison, set up as the provider advises, so that the figures show the deployments and not a driver's
 * defaults: a DNS cache that honours the TTL (Amazon RDS User Guide, CHAP_BestPractices, 2026-04) and 2 s to connect
 * (Amazon Aurora User Guide, AuroraPostgreSQL.BestPractices.FastFailover, 2026-04).
 */
const CLIENTS = {
  count: 10,
  dnsCache: 'ttl',
  pool: { size: 4 },
  driver: { connectTimeout: '2s', socketTimeout: '10s' },
  retry: 'none',
};

/** What a reader has to know of these clients. */
export const CLIENTS_NOTE =
  'Clients: ten processes in another AZ, four pooled connections each, a DNS cache that honours the TTL, 2 s to connect, 10 s to wait for an answer, no retries. A longer DNS cache or time-out makes every outage longer that moves an endpoint: try yours in a scenario.';

/** Fine-grained while most failovers happen; an outage that goes on is watched once a second. */
const WORKLOAD = [
  { client: 'checkout', op: 'write', arrivals: { poisson: '5/s' }, until: '200s' },
  { client: 'checkout', op: 'write', arrivals: { poisson: '1/s' }, from: '200s' },
];

/** The deployment of one kind under one fault, as a scenario; null when the fault means nothing to this kind. */
export function comparisonScenario(
  kind: DeploymentKind,
  fault: ComparisonFault,
  kinds: ReadonlyMap<string, DeploymentKind>,
): Scenario | null {
  const setup = kind.comparison(REGIONS);
  const mapping = fault.mapping(setup, { az: 'use1-az1', region: 'us-east-1' });
  if (!mapping) return null;
  const from = fault.clientsElsewhere ? 'usw2-az1' : 'use1-az3';
  const scenario = {
    scenario: `compare-${kind.id.replaceAll('.', '-')}-${fault.id}`,
    summary: `${kind.title}: ${fault.summary}.`,
    seed: '0',
    horizon: HORIZON,
    sample: 'none',
    topology: {
      regions: REGIONS,
      databases: setup.databases,
      clients: { checkout: { connectsTo: 'orders', from, ...CLIENTS, ...setup.clients } },
      ...(setup.operators ? { operators: setup.operators } : {}),
    },
    workload: WORKLOAD,
    faults: [{ at: FAULT_AT, ...mapping }],
  };
  const text = JSON.stringify(scenario, null, 1);
  const parsed = parseScenario(text, `${kind.id} (comparison)`, kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  return parsed.scenario;
}
