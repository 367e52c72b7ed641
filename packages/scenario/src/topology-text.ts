import type { ProxySpec } from './proxy-spec.ts';
import { distributionYaml, durationText } from './quantity-text.ts';
import type {
  ClientSpec,
  DatabaseSpec,
  DnsCacheSpec,
  DriverSpec,
  OperatorSpec,
  PoolSpec,
  RetrySpec,
  RoutingSpec,
  TopologySpec,
} from './scenario.ts';

/** A topology as the plain data of the scenario format. */
export function topologyYaml(topology: TopologySpec): Readonly<Record<string, unknown>> {
  const links = topology.links.map(({ between, oneWay }) => ({ between, oneWay: distributionYaml(oneWay) }));
  return {
    regions: topology.regions,
    databases: eachOf(topology.databases, databaseYaml),
    clients: eachOf(topology.clients, clientYaml),
    ...(Object.keys(topology.operators).length > 0 ? { operators: eachOf(topology.operators, operatorYaml) } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
}

/** The same record with every value made into something else. */
export function eachOf<T, S>(things: Readonly<Record<string, T>>, make: (thing: T) => S): Readonly<Record<string, S>> {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, make(thing)]));
}

function databaseYaml({ model, engine, parameters, timings, observer, proxy }: DatabaseSpec) {
  return {
    model,
    engine,
    ...(parameters as object),
    ...(Object.keys(timings).length > 0 ? { timings: eachOf(timings, distributionYaml) } : {}),
    ...(observer === null ? {} : { observer }),
    ...(proxy === undefined ? {} : { proxy: proxyYaml(proxy) }),
  };
}

function proxyYaml(proxy: ProxySpec) {
  return {
    azs: proxy.azs,
    connections: proxy.connections,
    borrowTimeout: durationText(proxy.borrowTimeoutUs),
    idleClientTimeout: durationText(proxy.idleClientTimeoutUs),
    pinned: proxy.pinnedShare,
    watch: distributionYaml(proxy.watch),
  };
}

function clientYaml(client: ClientSpec) {
  return {
    connectsTo: client.endpoint === null ? client.database : `${client.database}.${client.endpoint}`,
    from: client.from,
    count: client.count,
    dnsCache: dnsCacheYaml(client.dnsCache),
    pool: poolYaml(client.pool),
    driver: driverYaml(client.driver),
    retry: retryYaml(client.retry),
    ...(client.routing === null ? {} : { routing: routingYaml(client.routing) }),
  };
}

const orNone = (us: number | null): string => (us === null ? 'none' : durationText(us));

const dnsCacheYaml = (cache: DnsCacheSpec) => (cache.mode === 'fixed' ? durationText(cache.us) : cache.mode);

function poolYaml(pool: PoolSpec) {
  return {
    size: pool.size,
    borrowTimeout: durationText(pool.borrowTimeoutUs),
    validateOnBorrow: pool.validateOnBorrow,
    maxLifetime: orNone(pool.maxLifetimeUs),
  };
}

function driverYaml(driver: DriverSpec) {
  return {
    connectTimeout: orNone(driver.connectTimeoutUs),
    socketTimeout: orNone(driver.socketTimeoutUs),
    keepalive:
      driver.keepalive === null
        ? 'none'
        : {
            idle: durationText(driver.keepalive.idleUs),
            interval: durationText(driver.keepalive.intervalUs),
            probes: driver.keepalive.probes,
          },
    retransmitTimeout: durationText(driver.retransmitTimeoutUs),
    failover: driver.failover,
    topologyRefresh: durationText(driver.topologyRefreshUs),
    discardReadOnly: driver.discardReadOnly,
  };
}

function retryYaml(retry: RetrySpec) {
  return {
    attempts: retry.attempts,
    backoff: durationText(retry.backoffUs),
    maxBackoff: durationText(retry.backoffMaxUs),
    jitter: retry.jitter,
    indeterminate: retry.indeterminate,
  };
}

function routingYaml(routing: RoutingSpec) {
  return {
    regions: routing.regions,
    failures: routing.failuresToSwitch,
    switchAfter: distributionYaml(routing.switchDelay),
    returnAfter: routing.returnDelay === null ? 'never' : distributionYaml(routing.returnDelay),
  };
}

function operatorYaml({ database, reactions, refuses, repoints }: OperatorSpec) {
  return {
    database,
    ...(Object.keys(reactions).length > 0 ? { reactions: eachOf(reactions, distributionYaml) } : {}),
    ...(refuses.length > 0 ? { refuses } : {}),
    ...(repoints.length > 0 ? { repoint: repoints } : {}),
  };
}
