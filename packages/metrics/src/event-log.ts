import type { FaultRecord, StateRecord, TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';
import { changedParts, partsOf } from './parallel-state.ts';

/** Keeps a run that flaps for hours readable. */
const ENTRIES_MAX = 400;

export interface EventLogEntry {
  readonly atUs: number;
  readonly kind: 'fault' | 'request' | 'event' | 'state' | 'operator' | 'dns' | 'timeline';
  /** Null for what concerns no single database. */
  readonly database: string | null;
  /** The service's own id, e.g. `RDS-EVENT-0013`; null for what it does not publish. */
  readonly id: string | null;
  readonly text: string;
}

export interface EventLogResult {
  readonly entries: readonly EventLogEntry[];
  /** How many more came after the last entry. */
  readonly omitted: number;
}

/** What happened, in order, in words: causes, service events, states of charts, people, endpoints, promotions. */
export class EventLogFold implements Fold<EventLogResult> {
  #entries: EventLogEntry[] = [];
  readonly #states = new Map<string, readonly string[]>();
  #omitted = 0;

  /** Continues from a result, with the states that the charts had then. The fold takes the list over. */
  static from(
    { entries, omitted }: { readonly entries: EventLogEntry[]; readonly omitted: number },
    charts: readonly Pick<StateRecord, 'database' | 'chart' | 'state'>[],
  ): EventLogFold {
    const fold = new EventLogFold();
    fold.#entries = entries;
    fold.#omitted = omitted;
    for (const { database, chart, state } of charts) fold.#states.set(`${database}/${chart}`, partsOf(state));
    return fold;
  }

  add(record: TraceRecord): void {
    const entry = record.type === 'state' ? this.#stateEntry(record) : entryOf(record);
    if (entry === null) return;
    if (this.#entries.length < ENTRIES_MAX) this.#entries.push(entry);
    else this.#omitted++;
  }

  result(): EventLogResult {
    return { entries: [...this.#entries], omitted: this.#omitted };
  }

  /** Of a chart with parts that run side by side, only those that changed. */
  #stateEntry({ atUs, database, chart, state, phase }: StateRecord): EventLogEntry | null {
    const key = `${database}/${chart}`;
    const before = this.#states.get(key);
    const now = partsOf(state);
    this.#states.set(key, now);
    // How everything stands at the start is no event.
    if (atUs === 0) return null;
    const text = `${changedParts(now, before)}${phase === undefined ? '' : ` (${phase})`}`;
    return { atUs, kind: 'state', database, id: null, text };
  }
}

function entryOf(record: TraceRecord): EventLogEntry | null {
  const { atUs } = record;
  // How everything stands at the start is no event.
  if (atUs === 0 && record.type === 'dns') return null;
  switch (record.type) {
    case 'fault':
      return faultEntry(record);
    case 'event': {
      // Many messages do not say whom they are about.
      const about = record.source === record.database ? '' : `${record.source}: `;
      return { atUs, kind: 'event', database: record.database, id: record.id, text: `${about}${record.message}` };
    }
    case 'operator': {
      const text = `${record.who} ${OPERATOR_EDGES[record.edge]}: ${record.step}`;
      return { atUs, kind: 'operator', database: record.database, id: null, text };
    }
    case 'dns': {
      const answer = record.nodes.length === 0 ? 'no longer resolves' : `now names ${record.nodes.join(', ')}`;
      return { atUs, kind: 'dns', database: record.database, id: null, text: `endpoint ${record.endpoint} ${answer}` };
    }
    case 'timeline': {
      const left =
        record.discarded === 0 ? 'nothing left behind' : `${withSeparators(record.discarded)} entries left behind`;
      return {
        atUs,
        kind: 'timeline',
        database: record.database,
        id: null,
        text: `${record.node} begins timeline ${record.timeline}: ${left}`,
      };
    }
    default:
      return null;
  }
}

function faultEntry({ atUs, cause, edge, target, resolved, effective, note }: FaultRecord): EventLogEntry {
  const asked = cause.startsWith(REQUEST) ? cause.slice(REQUEST.length) : null;
  const what = edge === 'started' ? (asked ?? cause) : `${cause} healed`;
  const on = asked === null ? 'on' : 'of';
  const meant = resolved.every((name) => target.includes(name)) ? '' : ` (${resolved.join(', ')})`;
  const text = `${what} ${on} ${target}${meant}${effective ? '' : ', which had nothing to act on'}${note === undefined ? '' : `: ${note}`}`;
  return { atUs, kind: asked === null ? 'fault' : 'request', database: null, id: null, text };
}

/** How causes begin that are no faults but requests of a customer. */
const REQUEST = 'request-';

function withSeparators(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

const OPERATOR_EDGES = { called: 'is called', done: 'has done', dismissed: 'need no longer do' } as const;
