import type {
  FaultRecord,
  HeaderDatabase,
  HeaderRecord,
  NodeRecord,
  OpRecord,
  Phase,
  StateRecord,
  TraceRecord,
} from '@faultline/trace';

/** Seconds to whole microseconds: tests read better in seconds. */
export function seconds(value: number): number {
  return Math.round(value * 1_000_000);
}

export interface TraceOptions {
  readonly endAt?: number;
  readonly clients?: number;
  readonly cohorts?: readonly string[];
  readonly databases?: readonly string[];
  readonly acts?: HeaderDatabase['acts'];
  readonly resolved?: unknown;
}

/**
 * A whole trace from hand-made records in any order: header first, sorted by time, ended at `endAt` seconds. Operations
 * that were given no number are numbered as they begin.
 */
export function traceOf(records: readonly TraceRecord[], options: TraceOptions = {}): readonly TraceRecord[] {
  const { endAt = 600 } = options;
  const sorted = numbered(records).sort((a, b) => a.atUs - b.atUs);
  return [header(options), ...sorted, { type: 'end', atUs: seconds(endAt) }];
}

export function header({
  endAt = 600,
  clients = 4,
  cohorts = ['checkout'],
  databases = ['orders'],
  acts = {},
  resolved = {},
}: TraceOptions = {}): HeaderRecord {
  return {
    type: 'header',
    atUs: 0,
    format: 'faultline-trace/1',
    scenario: 'hand-made',
    summary: 'A trace written by hand.',
    seed: '7',
    horizonUs: seconds(endAt),
    databases: databases.map((database) => ({
      database,
      model: 'rds.multi-az-instance',
      title: 'RDS Multi-AZ DB instance',
      engine: 'postgres',
      nodes: [],
      endpoints: ['writer'],
      timings: [],
      acts,
    })),
    cohorts: cohorts.map((cohort) => ({ cohort, database: 'orders', from: 'use1-az1', clients })),
    resolved,
  };
}

/** What one operation may say beside its times, which are in seconds. */
export interface OpOptions extends Partial<Omit<OpRecord, 'type' | 'atUs' | 'invokedAtUs'>> {
  readonly took?: number;
}

/** Number of an operation that was given none; only a trace has numbers. */
const UNNUMBERED = 0;

function numbered(records: readonly TraceRecord[]): TraceRecord[] {
  const unnumbered = records.filter((record) => record.type === 'op' && record.op === UNNUMBERED) as OpRecord[];
  unnumbered.sort((a, b) => a.invokedAtUs - b.invokedAtUs);
  const numbers = new Map<TraceRecord, number>(unnumbered.map((record, place) => [record, place + 1]));
  return records.map((record) => (record.type === 'op' ? { ...record, op: numbers.get(record) ?? record.op } : record));
}

/** An operation invoked at `at` seconds; it succeeds after 5 ms unless told otherwise. */
export function op(at: number, { took = 0.005, ...fields }: OpOptions = {}): OpRecord {
  const written = {
    cohort: 'checkout',
    client: 0,
    action: 'write',
    key: 1,
    outcome: 'ok',
    database: 'orders',
    attempts: 1,
  } as const;
  return { type: 'op', ...written, op: UNNUMBERED, atUs: seconds(at + took), invokedAtUs: seconds(at), ...fields };
}

/** Operations from `from` to `to` seconds (not included), one every `every`, by the clients in turn. */
export function ops(
  from: number,
  to: number,
  every: number,
  options: OpOptions & { readonly clients?: number } = {},
): readonly OpRecord[] {
  const { clients = 4, ...fields } = options;
  const count = Math.round((to - from) / every);
  return Array.from({ length: count }, (_, n) => op(from + n * every, { client: n % clients, ...fields }));
}

export function fault(at: number, fields: Partial<FaultRecord> = {}): FaultRecord {
  const target = { target: 'orders.primary', resolved: ['orders-1'] };
  return {
    type: 'fault',
    atUs: seconds(at),
    edge: 'started',
    index: 0,
    cause: 'host-failure',
    ...target,
    effective: true,
    ...fields,
  };
}

export function state(
  at: number,
  name: string,
  phase?: Phase,
  tags: readonly string[] = [],
  database = 'orders',
): StateRecord {
  const record = { type: 'state', atUs: seconds(at), database, chart: database, state: name, tags } as const;
  return phase === undefined ? record : { ...record, phase };
}

export function node(at: number, name: string, serves: boolean, fields: Partial<NodeRecord> = {}): NodeRecord {
  const status = serves ? 'running' : 'crashed';
  const place = { database: 'orders', node: name, az: 'use1-az1', role: 'primary' };
  return {
    type: 'node',
    atUs: seconds(at),
    ...place,
    status,
    writable: serves,
    readable: serves,
    fenced: false,
    ...fields,
  };
}

export function repoint(at: number, name: string, fields: { readonly database?: string } = {}): TraceRecord {
  const { database = 'orders' } = fields;
  const answer = { endpoint: 'writer', nodes: [name], ttlUs: seconds(5), propagatedAtUs: seconds(at) };
  return { type: 'dns', atUs: seconds(at), database, ...answer };
}

export function resolve(at: number, client: number, name: string | null): TraceRecord {
  return {
    type: 'resolve',
    atUs: seconds(at),
    cohort: 'checkout',
    client,
    endpoint: 'writer',
    node: name,
    expiresAtUs: null,
  };
}

export function connect(at: number, client: number, name: string, took = 0.05): TraceRecord {
  const startedAtUs = seconds(at) - seconds(took);
  return { type: 'connect', atUs: seconds(at), cohort: 'checkout', client, node: name, outcome: 'ok', startedAtUs };
}

export function disconnect(at: number, client: number, name: string): TraceRecord {
  return { type: 'disconnect', atUs: seconds(at), cohort: 'checkout', client, node: name, reason: 'connection-reset' };
}

/** A promotion of `timeline` out of `parent`, of the same database unless told otherwise. */
export function fork(
  at: number,
  parent: number,
  timeline: number,
  forkLsn: number,
  fields: { readonly database?: string; readonly parentDatabase?: string } = {},
): TraceRecord {
  const { database = 'orders', parentDatabase = database } = fields;
  const record = { timeline, parent, parentDatabase, forkLsn, node: `${database}-2`, discarded: 0 };
  return { type: 'timeline', atUs: seconds(at), database, ...record };
}

export function operator(
  at: number,
  edge: 'called' | 'done' | 'dismissed',
  step: string,
  who = 'on-call',
  database = 'orders',
): TraceRecord {
  return { type: 'operator', atUs: seconds(at), database, edge, step, who };
}
