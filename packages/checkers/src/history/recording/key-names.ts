import type { HeaderRecord } from '@faultline/trace';
import type { HistoryValue } from '../history.ts';

/**
 * What a key is called in a history. A read replica has the keys of its source; databases that have nothing to do with
 * one another have different ones, which then carry the database's name.
 */
export function keyNames(header: HeaderRecord): (database: string, key: number) => HistoryValue {
  const origins = new Map(header.databases.map(({ database }) => [database, originOf(header.resolved, database)]));
  if (new Set(origins.values()).size < 2) return (_database, key) => key;
  return (database, key) => `${origins.get(database) ?? database}/${key}`;
}

/** The database that a chain of replicas begins with. */
function originOf(resolved: unknown, database: string): string {
  const seen = new Set<string>();
  let origin = database;
  while (!seen.has(origin)) {
    seen.add(origin);
    const parameters = field(field(field(field(resolved, 'topology'), 'databases'), origin), 'parameters');
    const source = field(parameters, 'source');
    if (typeof source === 'string') origin = source;
  }
  return origin;
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
