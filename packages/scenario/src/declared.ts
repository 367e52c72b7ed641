import type { DeploymentKind, Layout } from '@faultline/models';
import { notAmong, Refusal, type WordReader, word } from './reader.ts';
import type { ClientSpec, DatabaseSpec } from './scenario.ts';
import { enumerate, quote, withArticle } from './wording.ts';

/** What comes after the name of a database for clients that go through its proxy. */
export const PROXY_ENDPOINT = 'proxy';

/** A database that could be read. */
export interface KnownDatabase {
  readonly spec: DatabaseSpec;
  readonly kind: DeploymentKind;
  /** Null when any database of the scenario contradicts its placement. */
  readonly layout: Layout | null;
}

/** Regions and AZs. */
export interface Places {
  /** AZs by Region, in the order of the file. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
  readonly regionOf: ReadonlyMap<string, string>;
  /** False when part of them could not be read, so that a name that is not among them may still be right. */
  readonly complete: boolean;
}

/**
 * What the topology declares, for everything that refers to it. A thing that is declared but wrong is null:
 * its mistake has been reported, and whatever refers to it is taken on trust.
 */
export interface Declared {
  readonly places: Places;
  readonly databases: ReadonlyMap<string, KnownDatabase | null>;
  readonly clients: ReadonlyMap<string, ClientSpec | null>;
}

/** A name out of those that the file declares somewhere else. */
export function reference(
  noun: string,
  names: Iterable<string>,
  { complete = true, where }: { readonly complete?: boolean; readonly where: string },
): WordReader<string> {
  const known = new Set(names);
  const [first = '…'] = known;
  return word(`${withArticle(noun)} of ${where}${listed(known)}`, first, (value) => {
    if (value.type !== 'text') return new Refusal();
    if (known.has(value.text) || !complete) return value.text;
    return new Refusal(() => {
      const found = `${quote(value.text)}, which is not ${withArticle(noun)} of ${where}`;
      if (known.size === 0) return { found, expected: `${withArticle(noun)}, but ${where} has none` };
      return { ...notAmong([...known], value.text), found };
    });
  });
}

const listed = (names: ReadonlySet<string>) => (names.size === 0 ? '' : `: ${enumerate(names)}`);

export const azReference = (places: Places): WordReader<string> =>
  reference('AZ', places.regionOf.keys(), { complete: places.complete, where: 'topology.regions' });

export const regionReference = (places: Places): WordReader<string> =>
  reference('Region', Object.keys(places.regions), { complete: places.complete, where: 'topology.regions' });

export const placeReference = (places: Places): WordReader<string> =>
  reference('Region or AZ', [...Object.keys(places.regions), ...places.regionOf.keys()], {
    complete: places.complete,
    where: 'topology.regions',
  });

export const databaseReference = (databases: Declared['databases']): WordReader<string> =>
  reference('database', databases.keys(), { where: 'topology.databases' });

export const clientReference = (clients: Declared['clients']): WordReader<string> =>
  reference('client', clients.keys(), { where: 'topology.clients' });

/** Where clients connect to: `orders`, or one of its endpoints as in `orders.reader`. */
export interface EndpointReference {
  readonly database: string;
  readonly endpoint: string | null;
  readonly text: string;
}

export function endpointReference(databases: Declared['databases']): WordReader<EndpointReference> {
  const [first = 'orders'] = databases.keys();
  return word(`a database, or one of its endpoints as in \`${first}.reader\``, first, (value) => {
    if (value.type !== 'text') return new Refusal();
    const { text } = value;
    const dot = text.indexOf('.');
    const database = dot < 0 ? text : text.slice(0, dot);
    const endpoint = dot < 0 ? null : text.slice(dot + 1);
    const known = databases.get(database);
    if (known === undefined) return unknownDatabase(database, databases);
    if (endpoint === null || !known?.layout) return { database, endpoint, text };
    const endpoints = endpointsOf(known);
    return endpoints.includes(endpoint) ? { database, endpoint, text } : unknownEndpoint(database, endpoint, endpoints);
  });
}

/** The endpoints of a database by id, its proxy's among them. */
export function endpointsOf({ spec, layout }: KnownDatabase): readonly string[] {
  const own = layout?.endpoints.map((endpoint) => endpoint.id) ?? [];
  return spec.proxy === undefined ? own : [...own, PROXY_ENDPOINT];
}

function unknownDatabase(database: string, databases: Declared['databases']): Refusal {
  const found = `${quote(database)}, which is not a database of topology.databases`;
  return new Refusal(() => ({ ...notAmong([...databases.keys()], database), found }));
}

function unknownEndpoint(database: string, endpoint: string, endpoints: readonly string[]): Refusal {
  if (endpoint === PROXY_ENDPOINT) return withoutProxy(database);
  const known = endpoints.map((each) => `${database}.${each}`);
  const { expected, example } = notAmong(known, `${database}.${endpoint}`);
  return new Refusal(() => ({
    found: `${quote(`${database}.${endpoint}`)}, but ${database} has no endpoint ${quote(endpoint)}`,
    expected: `\`${database}\` alone, or ${expected}`,
    example,
  }));
}

function withoutProxy(database: string): Refusal {
  return new Refusal(() => ({
    found: `${quote(`${database}.${PROXY_ENDPOINT}`)}, but ${database} has no proxy`,
    expected: `\`proxy: {}\` among the keys of ${database}, or \`${database}\` alone`,
    example: database,
  }));
}
