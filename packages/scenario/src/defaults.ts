import { type Distribution, MINUTE_US, SECOND_US } from '@faultline/clock';
import { deepFreeze } from './freeze.ts';
import type { ProxySpec } from './proxy-spec.ts';
import type { DnsCacheSpec, DriverSpec, PoolSpec, RetrySpec, RoutingSpec } from './scenario.ts';

/**
 * What a scenario need not say. Together these describe one plain client: a service with a connection pool and
 * a deadline on every call, written with care but with nothing bought or tuned for failover. Each value names
 * its origin and grade: documented (somebody publishes it), or assumed (nobody does, and we say so).
 */

/** Period of position samples in the trace. Assumed: a second shows a failover without filling a disk. */
export const SAMPLE_EVERY_US = SECOND_US;

/** Clients of one cohort. Assumed: enough that not all of them meet a failure in the same state. */
export const CLIENT_COUNT = 10;

/** Keys that a workload writes and reads. Assumed: few enough to be read back, many enough not to collide. */
export const WORKLOAD_KEYS = 1_000;

/**
 * Rows that transactions use at any time, and how often a row is written before a new one takes its place: what Jepsen
 * uses for transactions over lists (elle 0.2, `elle.txn`, key-count and max-writes-per-key). Documented there, assumed
 * for other uses.
 */
export const TRANSACTION_KEYS = 10;
export const WRITES_PER_KEY = 32;

/**
 * Reads that say nothing are eventually consistent, as in DynamoDB, which documents it as its default (Amazon
 * DynamoDB Developer Guide, HowItWorks.ReadConsistency, 2023-02). Documented there, assumed for other services.
 */
export const READ_CONSISTENCY = 'eventual';

/**
 * A JVM without a security manager keeps an answer for 30 s, whatever its TTL says (Java networking
 * properties, `networkaddress.cache.ttl`, implementation-specific default). Documented. Many other runtimes
 * ask at every connect: write `dnsCache: none` for them.
 */
export const dnsCacheDefault: DnsCacheSpec = deepFreeze({ mode: 'fixed', us: 30 * SECOND_US });

export const poolDefaults: PoolSpec = deepFreeze({
  /** HikariCP `maximumPoolSize` (its README, configuration). Documented. */
  size: 10,
  /** HikariCP `connectionTimeout`. Documented. */
  borrowTimeoutUs: 30 * SECOND_US,
  /** HikariCP tests a connection that was idle for more than half a second before lending it. Documented. */
  validateOnBorrow: true,
  /** HikariCP `maxLifetime`. Documented. */
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
  /** pgjdbc `connectTimeout` and mysqljs `connectTimeout` (their documentation, read 2026-04). Documented. */
  connectTimeoutUs: 10 * SECOND_US,
  /**
   * Assumed: a service that answers people gives up on a statement well within a minute. The drivers
   * themselves wait forever (pgjdbc `socketTimeout` 0), which `socketTimeout: none` says; on a host that went
   * silent such a client then waits for TCP to give up.
   */
  socketTimeoutUs: 30 * SECOND_US,
  /** pgjdbc `tcpKeepAlive` false (its documentation, read 2026-04). Documented. */
  keepalive: null,
  /**
   * Linux `tcp_retries2` = 15: the kernel's documentation (ip-sysctl) gives at least 924.6 s before a
   * connection with unacknowledged data is reset. Documented.
   */
  retransmitTimeoutUs: 924_600_000,
  /** A driver that knows nothing of clusters, as PostgreSQL's and MySQL's own do not. Documented. */
  failover: 'none',
  /** `failoverClusterTopologyRefreshRateMs` of the AWS Advanced JDBC Wrapper 4.4 (2026-08). Documented. */
  topologyRefreshUs: 2 * SECOND_US,
  /** Assumed: pools and frameworks treat the read-only error after a failover as a dead connection. */
  discardReadOnly: true,
});

/** What `keepalive: { … }` does not say. */
export const keepaliveDefaults = deepFreeze({
  /** Linux `tcp_keepalive_time`, `_intvl` and `_probes` (kernel documentation, ip-sysctl). Documented. */
  idleUs: 7_200 * SECOND_US,
  intervalUs: 75 * SECOND_US,
  probes: 9,
});

export const retryDefaults: RetrySpec = deepFreeze({
  /** Three tries in all: the standard mode of the AWS SDKs (AWS SDKs and Tools Reference Guide, retry behavior). Documented. */
  attempts: 3,
  /** Assumed, in the order of the 50 ms in the DynamoDB Developer Guide's example (Programming.Errors, 2023-02). */
  backoffUs: 100_000,
  /** The longest wait in the standard mode of the AWS SDKs (same guide). Documented. */
  backoffMaxUs: 20 * SECOND_US,
  /** M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015, and the AWS SDKs. Documented. */
  jitter: 'full',
  /** Assumed: an application does not repeat a write that may have taken effect. */
  indeterminate: false,
});

/** One try, and the failure goes to the user. */
export const noRetry: RetrySpec = deepFreeze({ ...retryDefaults, attempts: 1 });

/** How an application leaves a Region of a global table, where it says only which Regions there are. */
export const routingDefaults: Omit<RoutingSpec, 'regions'> = deepFreeze({
  /** Assumed: three failures in a row, the usual threshold of a health check (Route 53's default is 3). */
  failuresToSwitch: 3,
  /** Assumed: Route 53's default interval between health checks, 30 s, passes before everybody goes elsewhere. */
  switchDelay: { kind: 'constant', us: 30 * SECOND_US },
  /** Assumed: going back is planned work. */
  returnDelay: null,
});

/** What `proxy: { … }` does not say; its AZs are all of the database's Region. */
export const proxyDefaults: Omit<ProxySpec, 'azs'> = deepFreeze({
  /** Assumed: a share of `max_connections` of a mid-size instance for each host. */
  connections: 100,
  /** ConnectionBorrowTimeout (Amazon RDS User Guide, rds-proxy-managing, 2026-04). Documented. */
  borrowTimeoutUs: 120 * SECOND_US,
  /** IdleClientTimeout (same page). Documented. */
  idleClientTimeoutUs: 30 * MINUTE_US,
  /** Assumed: statements that pin a session (rds-proxy-pinning lists them) are avoided. */
  pinnedShare: 0,
  /**
   * "In as little as 3 seconds" (AWS Advanced JDBC Wrapper documentation, 2026-08), which bounds it from below. Beyond
   * that it is assumed.
   */
  watch: {
    kind: 'shifted',
    byUs: 3 * SECOND_US,
    of: { kind: 'exponential', meanUs: SECOND_US },
  } satisfies Distribution,
});
