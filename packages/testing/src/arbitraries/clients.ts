import { MINUTE_US, SECOND_US } from '@faultline/clock';
import {
  type ClientSpec,
  dnsCacheDefault,
  driverDefaults,
  noPool,
  noRetry,
  poolDefaults,
  retryDefaults,
  type Scenario,
} from '@faultline/scenario';
import * as fc from 'fast-check';

const CLIENTS_MAX = 3;

/** The cohorts of a topology with other drivers, pools and habits, a few clients each; the plainest first. */
export function clientsOf({ topology }: Scenario): fc.Arbitrary<Readonly<Record<string, ClientSpec>>> {
  const azs = Object.values(topology.regions).flat();
  const cohorts = Object.values(topology.clients).map((spec) => [spec.name, cohortLike(spec, azs)] as const);
  return fc.record(Object.fromEntries(cohorts), { noNullPrototype: true });
}

function cohortLike(spec: ClientSpec, azs: readonly string[]): fc.Arbitrary<ClientSpec> {
  return fc.record({
    name: fc.constant(spec.name),
    database: fc.constant(spec.database),
    endpoint: fc.constant(spec.endpoint),
    from: fc.constantFrom(spec.from, ...azs.filter((az) => az !== spec.from)),
    count: fc.integer({ min: 1, max: CLIENTS_MAX }),
    dnsCache: fc.constantFrom<ClientSpec['dnsCache'][]>(
      { mode: 'none' },
      { mode: 'ttl' },
      dnsCacheDefault,
      { mode: 'fixed', us: 5 * MINUTE_US },
      { mode: 'forever' },
    ),
    pool: fc.constantFrom<ClientSpec['pool'][]>(
      noPool,
      { ...poolDefaults, size: 2 },
      { ...poolDefaults, size: 1, validateOnBorrow: false, maxLifetimeUs: null },
    ),
    driver: fc.constantFrom(...driversFor(spec)),
    retry: fc.constantFrom<ClientSpec['retry'][]>(noRetry, retryDefaults, { ...retryDefaults, indeterminate: true }),
    routing: fc.constant(spec.routing),
  });
}

/** A driver that looks for the writer itself has nothing to do behind a proxy, which does. */
function driversFor({ endpoint }: ClientSpec): readonly ClientSpec['driver'][] {
  const drivers: readonly ClientSpec['driver'][] = [
    { ...driverDefaults, connectTimeoutUs: 2 * SECOND_US, socketTimeoutUs: 5 * SECOND_US },
    driverDefaults,
    { ...driverDefaults, socketTimeoutUs: null, discardReadOnly: false },
    { ...driverDefaults, socketTimeoutUs: 5 * SECOND_US, failover: 'topology' },
  ];
  return endpoint === 'proxy' ? drivers.filter(({ failover }) => failover === 'none') : drivers;
}
