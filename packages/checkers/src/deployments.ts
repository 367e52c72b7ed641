import type { HeaderRecord } from '@faultline/trace';

/** Kinds with one log and one writer at a time. */
export const LOG_MODELS = [
  'rds.single-az',
  'rds.multi-az-instance',
  'rds.multi-az-cluster',
  'rds.read-replica',
  'aurora.cluster',
  'postgresql.streaming-pair',
] as const;

export const TABLE_MODEL = 'dynamodb.global-table';

/** Names of the databases of these kinds in a run. */
export function databasesOf(header: HeaderRecord, models: readonly string[]): readonly string[] {
  return header.databases.filter(({ model }) => models.includes(model)).map(({ database }) => database);
}

/** The value at a path of the resolved scenario, if there is one. */
export function resolvedAt(header: HeaderRecord, ...path: readonly string[]): unknown {
  let value: unknown = header.resolved;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** A parameter of a database as the scenario sets it. */
function parameter(header: HeaderRecord, database: string, name: string): unknown {
  return resolvedAt(header, 'topology', 'databases', database, 'parameters', name);
}

/** Global tables whose Regions agree before they answer (`mrsc`), or after (`mrec`). */
export function tablesOf(header: HeaderRecord, mode: 'mrsc' | 'mrec'): readonly string[] {
  return databasesOf(header, [TABLE_MODEL]).filter((database) => parameter(header, database, 'mode') === mode);
}

/** Pairs whose standby has a commit on its disk before it is acknowledged, as `synchronous_commit` says. */
export function synchronousPairs(header: HeaderRecord): readonly string[] {
  return databasesOf(header, ['postgresql.streaming-pair']).filter((database) =>
    ['on', 'remote_apply'].includes((parameter(header, database, 'synchronousCommit') as string | undefined) ?? 'on'),
  );
}
