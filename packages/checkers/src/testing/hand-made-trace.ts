import type {
  AcknowledgedRecord,
  CommandRecord,
  ContentsRecord,
  FaultRecord,
  HeaderRecord,
  NodeRecord,
  OpRecord,
  PendingRecord,
  PositionRecord,
  ServedRecord,
  StateRecord,
  TimelineRecord,
  TraceRecord,
  VolumeRecord,
} from '@faultline/trace';
import type { Invariant, Violation } from '../invariant.ts';
import { watchAll } from '../watch-all.ts';

const S = 1_000_000;

/** The header of a run of one database `orders`. */
export function header(
  model: string,
  parameters: unknown = {},
  rest: Readonly<Record<string, unknown>> = {},
): HeaderRecord {
  const databases = [
    { database: 'orders', model, title: model, engine: '', nodes: [], endpoints: ['a', 'b'], timings: [], acts: {} },
  ];
  const resolved = { topology: { databases: { orders: { parameters } } }, faults: [], workload: [], ...rest };
  return {
    type: 'header',
    atUs: 0,
    format: 'faultline-trace/1',
    scenario: 'hand-made',
    summary: '',
    seed: '1',
    horizonUs: 3_600 * S,
    databases,
    cohorts: [],
    resolved,
  };
}

/** What one invariant has to say of a trace made by hand. It has to apply. */
export function breachesOf(
  invariant: Invariant,
  head: HeaderRecord,
  records: readonly TraceRecord[],
): readonly Violation[] {
  const watches = watchAll(head, [invariant]);
  if (watches.watched.length === 0) throw new Error(`${invariant.name} does not speak of this run`);
  return [...records.flatMap((record) => watches.add(record)), ...watches.end()];
}

type Given<Record> = Partial<Omit<Record, 'type'>>;

/** An acknowledged write unless `given` says otherwise. Instants are in microseconds. */
export function op(number: number, atUs: number, lsn: number, given: Given<OpRecord> = {}): OpRecord {
  const taken = { position: { timeline: 1, lsn }, committedAtUs: atUs - 2, invokedAtUs: atUs - 4 };
  const constant = { cohort: 'shop', client: 0, database: 'orders', attempts: 1, key: 1 };
  return { type: 'op', atUs, op: number, action: 'write', outcome: 'ok', node: 'a', ...constant, ...taken, ...given };
}

export function acknowledged(
  number: number,
  atUs: number,
  lsn: number,
  heldBy: readonly string[] | null,
  given: Given<AcknowledgedRecord> = {},
): AcknowledgedRecord {
  const place = { database: 'orders', key: 1, node: 'a', timeline: 1, lsn };
  return {
    type: 'acknowledged',
    atUs,
    op: number,
    ...place,
    committedAtUs: atUs - 2,
    answeredAtUs: atUs - 1,
    heldBy,
    ...given,
  };
}

export function position(
  node: string,
  atUs: number,
  receivedLsn: number,
  part: PositionRecord['part'],
  given: Given<PositionRecord> = {},
): PositionRecord {
  const volume = { database: 'orders', volume: 1, timelineOf: 'orders', timeline: 1 };
  return { type: 'position', atUs, node, ...volume, receivedLsn, appliedLsn: receivedLsn, part, works: true, ...given };
}

export function timeline(atUs: number, forkLsn: number, node = 'b', given: Given<TimelineRecord> = {}): TimelineRecord {
  const parent = { timeline: 2, parent: 1, parentDatabase: 'orders' };
  return { type: 'timeline', atUs, database: 'orders', ...parent, forkLsn, node, discarded: 0, ...given };
}

export function command(name: string, atUs: number, detail: CommandRecord['detail'] = {}): CommandRecord {
  return { type: 'command', atUs, database: 'orders', command: name, detail };
}

export function served(
  number: number,
  atUs: number,
  lsn: number,
  value: number,
  given: Given<ServedRecord> = {},
): ServedRecord {
  return { type: 'served', atUs, database: 'orders', op: number, key: 1, node: 'b', timeline: 1, lsn, value, ...given };
}

export function volume(atUs: number, epoch: number): VolumeRecord {
  const segments = ['x', 'y', 'z'].flatMap((az) =>
    ['1', '2'].map((copy) => ({ segment: `${az}${copy}`, az, protectionGroup: 1, up: true, epoch })),
  );
  return { type: 'volume', atUs, database: 'orders', epoch, segments };
}

export function contents(node: string, atUs: number, items: ContentsRecord['items'], complete = true): ContentsRecord {
  return { type: 'contents', atUs, database: 'orders', node, items, complete };
}

export function node(name: string, atUs: number, given: Given<NodeRecord>): NodeRecord {
  const serves = { writable: true, readable: true, fenced: false, status: 'running' as const };
  return { type: 'node', atUs, database: 'orders', node: name, az: 'az1', role: 'primary', ...serves, ...given };
}

export function fault(edge: FaultRecord['edge'], atUs: number, cause: string, index = 0): FaultRecord {
  return { type: 'fault', atUs, edge, index, cause, target: 'orders', resolved: ['a'], effective: true };
}

export function state(atUs: number, name: string, tags: readonly string[]): StateRecord {
  return { type: 'state', atUs, database: 'orders', chart: 'orders', state: name, tags };
}

export function pending(atUs: number, given: Given<PendingRecord> = {}): PendingRecord {
  return {
    type: 'pending',
    atUs,
    database: 'orders',
    timers: 0,
    work: 0,
    persons: 0,
    writable: ['a'],
    readable: ['a'],
    ...given,
  };
}

export function end(atUs: number): TraceRecord {
  return { type: 'end', atUs };
}
