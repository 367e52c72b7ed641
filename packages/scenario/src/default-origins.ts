import { type Distribution, describeDistribution, exactDuration } from '@faultline/clock';
import type { Citation, Grade } from '@faultline/models';
import {
  CLIENT_COUNT,
  dnsCacheDefault,
  driverDefaults,
  keepaliveDefaults,
  poolDefaults,
  proxyDefaults,
  READ_CONSISTENCY,
  retryDefaults,
  routingDefaults,
  SAMPLE_EVERY_US,
  TRANSACTION_KEYS,
  WORKLOAD_KEYS,
  WRITES_PER_KEY,
} from './defaults.ts';

/** What holds where a scenario does not say, as it would be written there, and why. */
export interface DefaultOrigin extends Citation {
  readonly default: string;
}

const documented = (value: unknown, source: string, date = '2026-11') => origin(value, 'documented', source, date);
const assumed = (value: unknown, source: string, date = '2026-11') => origin(value, 'assumed', source, date);

const HIKARI = 'HikariCP, README, configuration:';
const JDBC = 'pgjdbc, connection properties:';
const SYSCTL = 'Linux, ip-sysctl:';
const WRAPPER = 'AWS Advanced JDBC Wrapper';
const SDKS = 'AWS SDKs and Tools Reference Guide, retry behavior, standard mode';
const ELLE =
  'what Jepsen uses for transactions over lists (elle 0.2, elle.txn); documented there, assumed for other uses';

/**
 * Where every default of a scenario comes from, by its key. Together they describe one plain client: a service with a
 * connection pool and a deadline on every call, written with care but with nothing bought or tuned for failover.
 */
export const defaultOrigins: Readonly<Record<string, DefaultOrigin>> = {
  sample: assumed(time(SAMPLE_EVERY_US), 'a second shows a failover without filling a disk'),
  count: assumed(CLIENT_COUNT, 'enough that not all clients meet a failure in the same state'),
  dnsCache: documented(
    dnsCacheDefault.mode === 'fixed' ? time(dnsCacheDefault.us) : dnsCacheDefault.mode,
    'Java networking properties, networkaddress.cache.ttl: a JVM without a security manager keeps an answer for 30 s, whatever its TTL says; many other runtimes ask at every connect (`none`)',
  ),
  'pool.size': documented(poolDefaults.size, `${HIKARI} maximumPoolSize`),
  'pool.borrowTimeout': documented(time(poolDefaults.borrowTimeoutUs), `${HIKARI} connectionTimeout`),
  'pool.validateOnBorrow': documented(
    poolDefaults.validateOnBorrow,
    'HikariCP, HikariPool.java: a connection that was idle for over half a second is tested before it is lent',
  ),
  'pool.maxLifetime': documented(time(poolDefaults.maxLifetimeUs), `${HIKARI} maxLifetime`),
  'driver.connectTimeout': documented(
    time(driverDefaults.connectTimeoutUs),
    'pgjdbc and mysqljs, connection properties: connectTimeout',
    '2026-04',
  ),
  'driver.socketTimeout': assumed(
    time(driverDefaults.socketTimeoutUs),
    'a service that answers people gives up on a statement well within a minute; the drivers themselves wait forever (pgjdbc, socketTimeout 0), which `none` says',
  ),
  'driver.keepalive': documented(driverDefaults.keepalive ?? 'none', `${JDBC} tcpKeepAlive`, '2026-04'),
  'driver.keepalive.idle': documented(time(keepaliveDefaults.idleUs), `${SYSCTL} tcp_keepalive_time`),
  'driver.keepalive.interval': documented(time(keepaliveDefaults.intervalUs), `${SYSCTL} tcp_keepalive_intvl`),
  'driver.keepalive.probes': documented(keepaliveDefaults.probes, `${SYSCTL} tcp_keepalive_probes`),
  'driver.retransmitTimeout': documented(
    time(driverDefaults.retransmitTimeoutUs),
    `${SYSCTL} tcp_retries2 = 15 resets a connection with unacknowledged data after at least 924.6 s`,
  ),
  'driver.failover': documented(
    driverDefaults.failover,
    'the drivers of PostgreSQL and MySQL themselves know nothing of clusters',
  ),
  'driver.topologyRefresh': documented(
    time(driverDefaults.topologyRefreshUs),
    `${WRAPPER} 4.4: failoverClusterTopologyRefreshRateMs`,
    '2026-08',
  ),
  'driver.discardReadOnly': assumed(
    driverDefaults.discardReadOnly,
    'pools and frameworks treat the read-only error after a failover as a dead connection',
  ),
  'retry.attempts': documented(retryDefaults.attempts, `${SDKS}: three tries in all`),
  'retry.backoff': assumed(
    time(retryDefaults.backoffUs),
    'in the order of the 50 ms in the example of the Amazon DynamoDB Developer Guide, Programming.Errors, 2023-02',
  ),
  'retry.maxBackoff': documented(time(retryDefaults.backoffMaxUs), `${SDKS}: the longest wait`),
  'retry.jitter': documented(
    retryDefaults.jitter,
    'M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog; the AWS SDKs',
    '2015-03',
  ),
  'retry.indeterminate': assumed(
    retryDefaults.indeterminate,
    'an application does not repeat a write that may have taken effect',
  ),
  'routing.failures': assumed(
    routingDefaults.failuresToSwitch,
    'the usual threshold of a health check, which is the default of Amazon Route 53',
  ),
  'routing.switchAfter': assumed(
    drawn(routingDefaults.switchDelay),
    'the default interval between health checks of Amazon Route 53 passes before everybody goes elsewhere',
  ),
  'routing.returnAfter': assumed(routingDefaults.returnDelay ?? 'never', 'going back is planned work'),
  'proxy.connections': assumed(
    proxyDefaults.connections,
    'a share of `max_connections` of a mid-size instance for each host',
  ),
  'proxy.borrowTimeout': documented(
    time(proxyDefaults.borrowTimeoutUs),
    'Amazon RDS User Guide, rds-proxy-managing: ConnectionBorrowTimeout',
    '2026-04',
  ),
  'proxy.idleClientTimeout': documented(
    time(proxyDefaults.idleClientTimeoutUs),
    'Amazon RDS User Guide, rds-proxy-managing: IdleClientTimeout',
    '2026-04',
  ),
  'proxy.pinnedShare': assumed(
    proxyDefaults.pinnedShare,
    'statements that pin a session are avoided (Amazon RDS User Guide, rds-proxy-pinning, lists them)',
  ),
  'proxy.watch': assumed(
    drawn(proxyDefaults.watch),
    `"in as little as 3 seconds" bounds it from below (documentation of the ${WRAPPER}, 2026-08); beyond that it is not published`,
  ),
  keys: assumed(WORKLOAD_KEYS, 'few enough to be read back, many enough not to collide'),
  consistency: documented(
    READ_CONSISTENCY,
    'Amazon DynamoDB Developer Guide, HowItWorks.ReadConsistency; documented there, assumed for other services',
    '2023-02',
  ),
  'keys of transactions': documented(TRANSACTION_KEYS, `${ELLE}: key-count`),
  writesPerKey: documented(WRITES_PER_KEY, `${ELLE}: max-writes-per-key`),
};

function origin(value: unknown, grade: Grade, source: string, date: string): DefaultOrigin {
  return { default: String(value), grade, source, date };
}

function time(us: number | null): string {
  return us === null ? 'none' : exactDuration(us);
}

function drawn(distribution: Distribution): string {
  return distribution.kind === 'constant' ? time(distribution.us) : describeDistribution(distribution);
}
