import { dnsCache, pool, retry } from './client-behaviour.ts';
import {
  azReference,
  type Declared,
  type EndpointReference,
  endpointReference,
  type KnownDatabase,
  type Places,
  PROXY_ENDPOINT,
} from './declared.ts';
import { CLIENT_COUNT, dnsCacheDefault, driverDefaults, poolDefaults, retryDefaults } from './defaults.ts';
import { driver } from './driver.ts';
import { contradict, mapping, optional, readNamed, required } from './mapping.ts';
import { wholeNumber } from './quantities.ts';
import type { Reader } from './reader.ts';
import type { Report } from './report.ts';
import { checkRouting, routing } from './routing.ts';
import type { ClientSpec, DriverSpec } from './scenario.ts';
import type { MappingValue } from './value.ts';

/** Each client of a cohort is simulated on its own. */
const MOST_CLIENTS = 100_000;

/** The cohorts of clients by name. */
export function clients(
  places: Places,
  databases: ReadonlyMap<string, KnownDatabase | null>,
): Reader<Declared['clients']> {
  const client = clientFields(places, databases);
  const shape = { expects: 'clients by name', example: `{ checkout: ${client.example} }` };
  return {
    ...shape,
    read: (value, report) =>
      readNamed(value, report, shape, (name, entry): ClientSpec | undefined => {
        const parts = client.read(entry, report);
        if (parts === undefined || entry.type !== 'mapping') return undefined;
        const { connectsTo, ...rest } = parts;
        const route = entry.entries.get('routing');
        const known = databases.get(connectsTo.database);
        if (route !== undefined && !checkRouting(parts.routing, route, known, report)) return undefined;
        if (!checkDriver(parts, entry, report)) return undefined;
        return { name, database: connectsTo.database, endpoint: connectsTo.endpoint, ...rest };
      }),
  };
}

/** A driver that finds the writer by itself passes the proxy by (AWS Advanced JDBC Wrapper documentation, 2026-08: not to be used with RDS Proxy). */
function checkDriver(
  { connectsTo, driver }: { readonly connectsTo: EndpointReference; readonly driver: DriverSpec },
  value: MappingValue,
  report: Report,
): boolean {
  const written = value.entries.get('driver');
  if (connectsTo.endpoint !== PROXY_ENDPOINT || driver.failover === 'none' || written?.type !== 'mapping') return true;
  const found = '`failover: topology` for clients of a proxy';
  contradict(written.entries.get('failover') ?? written, report, found, '`none`: the proxy finds the writer', 'none');
  return false;
}

function clientFields(places: Places, databases: ReadonlyMap<string, KnownDatabase | null>) {
  return mapping('a mapping with connectsTo and from', {
    connectsTo: required(endpointReference(databases)),
    from: required(azReference(places)),
    count: optional(wholeNumber(1, MOST_CLIENTS, 40), CLIENT_COUNT),
    dnsCache: optional(dnsCache, dnsCacheDefault),
    pool: optional(pool, poolDefaults),
    driver: optional(driver, driverDefaults),
    retry: optional(retry, retryDefaults),
    routing: optional(routing(places), null),
  });
}
