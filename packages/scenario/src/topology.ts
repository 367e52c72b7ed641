import type { DeploymentKind } from '@faultline/models';
import { clients } from './clients.ts';
import { databases } from './databases.ts';
import type { Declared } from './declared.ts';
import { links } from './links.ts';
import { contradict, openMapping } from './mapping.ts';
import { operators } from './operators.ts';
import { noPlaces, places } from './places.ts';
import type { Report } from './report.ts';
import type { TopologySpec } from './scenario.ts';
import type { MappingValue, Value } from './value.ts';
import { quote } from './wording.ts';

const KEYS = ['regions', 'databases', 'clients', 'operators', 'links'];

/** What `topology` looks like, in short. */
export const topologyShape = {
  expects: 'a mapping with regions, databases and clients',
  example: '{ regions: …, databases: …, clients: … }',
};

/** The world before anything happens, and the names in it that the rest of the file may use. */
export interface ReadTopology {
  readonly spec: TopologySpec;
  readonly declared: Declared;
}

/**
 * Reads `topology`; undefined when it is no mapping or has no databases. The specification is only of use when
 * nothing was reported, the names are of use for finding more mistakes.
 */
export function readTopology(
  value: Value,
  report: Report,
  kinds: ReadonlyMap<string, DeploymentKind>,
): ReadTopology | undefined {
  const keys = openMapping(value, report, topologyShape, KEYS);
  if (keys === undefined) return undefined;
  const known = keys.required('regions', places) ?? noPlaces;
  const stores = keys.required('databases', databases(kinds, known));
  if (stores === undefined) return undefined;
  const cohorts = keys.optional('clients', clients(known, stores), new Map());
  if (cohorts === undefined) return undefined;
  const declared: Declared = { places: known, databases: stores, clients: cohorts };
  const people = keys.optional('operators', operators(declared), new Map());
  const latencies = keys.optional('links', links(known), []);
  reportSharedNames(keys.value, report);
  return {
    declared,
    spec: {
      regions: known.regions,
      databases: record(stores, (each) => each.spec),
      clients: record(cohorts, (each) => each),
      operators: record(people ?? new Map(), (each) => each),
      links: latencies ?? [],
    },
  };
}

function record<T, S>(things: ReadonlyMap<string, T | null>, make: (thing: T) => S): Readonly<Record<string, S>> {
  const entries: [string, S][] = [];
  for (const [name, thing] of things) if (thing !== null) entries.push([name, make(thing)]);
  return Object.fromEntries(entries);
}

/** A fault may name a Region, an AZ, a database or a cohort: none of them may have the name of another. */
function reportSharedNames(topology: MappingValue, report: Report): void {
  const owners = new Map<string, string>();
  const claim = (name: string, owner: string, at: Value) => {
    const first = owners.get(name);
    if (first === undefined) owners.set(name, owner);
    else if (first !== owner) {
      const found = `${owner} named ${quote(name)}, like ${first}`;
      contradict({ ...at, type: 'nothing' }, report, found, 'a name that nothing else in the topology has', '…');
    }
  };
  for (const [name, entry] of entriesOf(topology, 'regions')) {
    claim(name, 'a Region', entry);
    for (const az of entry.type === 'list' ? entry.items : []) if (az.type === 'text') claim(az.text, 'an AZ', az);
  }
  for (const [name, entry] of entriesOf(topology, 'databases')) claim(name, 'a database', entry);
  for (const [name, entry] of entriesOf(topology, 'clients')) claim(name, 'a cohort of clients', entry);
}

function entriesOf(topology: MappingValue, key: string): Iterable<[string, Value]> {
  const section = topology.entries.get(key);
  return section?.type === 'mapping' ? section.entries : [];
}
