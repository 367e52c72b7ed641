import { type Distribution, MINUTE_US, SECOND_US } from '@faultline/clock';
import { deepFreeze } from './freeze.ts';
import type { ProxySpec } from './proxy-spec.ts';
import type { DnsCacheSpec, DriverSpec, PoolSpec, RetrySpec, RoutingSpec } from './scenario.ts';

// What a scenario need not say. Why each value is what it is stands in `default-origins.ts`.

/** Period of position samples in the trace. */
export const SAMPLE_EVERY_US = SECOND_US;

/** Clients of one cohort. */
export const CLIENT_COUNT = 10;

/** Keys that a workload writes and reads. */
export const WORKLOAD_KEYS = 1_000;

/** Rows that transactions use at any time, and how often a row is written before a new one takes its place. */
export const TRANSACTION_KEYS = 10;
export const WRITES_PER_KEY = 32;

export const READ_CONSISTENCY = 'eventual';

export const dnsCacheDefault: DnsCacheSpec = deepFreeze({ mode: 'fixed', us: 30 * SECOND_US });

export const poolDefaults: PoolSpec = deepFreeze({
  size: 10,
  borrowTimeoutUs: 30 * SECOND_US,
  validateOnBorrow: true,
  maxLifetimeUs: 30 * MINUTE_US,
});

/** No pool: a connection for every operation. There is nothing to wait for, to test or to retire. */
export const noPool: PoolSpec = deepFreeze({
  size: 0,
  borrowTimeoutUs: 0,
  validateOnBorrow: false,
  maxLifetimeUs: null,
});

export const driverDefaults: DriverSpec = deepFreeze({
  connectTimeoutUs: 10 * SECOND_US,
  socketTimeoutUs: 30 * SECOND_US,
  keepalive: null,
  retransmitTimeoutUs: 924_600_000,
  failover: 'none',
  topologyRefreshUs: 2 * SECOND_US,
  discardReadOnly: true,
});

/** What `keepalive: { … }` does not say. */
export const keepaliveDefaults = deepFreeze({
  idleUs: 7_200 * SECOND_US,
  intervalUs: 75 * SECOND_US,
  probes: 9,
});

export const retryDefaults: RetrySpec = deepFreeze({
  attempts: 3,
  backoffUs: 100_000,
  backoffMaxUs: 20 * SECOND_US,
  jitter: 'full',
  indeterminate: false,
});

/** One try, and the failure goes to the user. */
export const noRetry: RetrySpec = deepFreeze({ ...retryDefaults, attempts: 1 });

/** How an application leaves a Region of a global table, where it says only which Regions there are. */
export const routingDefaults: Omit<RoutingSpec, 'regions'> = deepFreeze({
  failuresToSwitch: 3,
  switchDelay: { kind: 'constant', us: 30 * SECOND_US },
  returnDelay: null,
});

/** What `proxy: { … }` does not say; its AZs are all of the database's Region. */
export const proxyDefaults: Omit<ProxySpec, 'azs'> = deepFreeze({
  connections: 100,
  borrowTimeoutUs: 120 * SECOND_US,
  idleClientTimeoutUs: 30 * MINUTE_US,
  pinnedShare: 0,
  watch: {
    kind: 'shifted',
    byUs: 3 * SECOND_US,
    of: { kind: 'exponential', meanUs: SECOND_US },
  } satisfies Distribution,
});
