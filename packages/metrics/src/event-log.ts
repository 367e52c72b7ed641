import type { TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';

/** Keeps a run that flaps for hours readable. */
const ENTRIES_MAX = 400;

export interface EventLogEntry {
  readonly atUs: number;
  readonly kind: 'fault' | 'event' | 'state' | 'operator' | 'dns' | 'timeline';
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
  #omitted = 0;

  /** Continues from a result. The fold takes the list over. */
  static from({ entries, omitted }: { readonly entries: EventLogEntry[]; readonly omitted: number }): EventLogFold {
    const fold = new EventLogFold();
    fold.#entries = entries;
    fold.#omitted = omitted;
    return fold;
  }

  add(record: TraceRecord): void {
    const entry = entryOf(record);
    if (entry === null) return;
    if (this.#entries.length < ENTRIES_MAX) this.#entries.push(entry);
    else this.#omitted++;
  }

  result(): EventLogResult {
    return { entries: [...this.#entries], omitted: this.#omitted };
  }
}

function entryOf(record: TraceRecord): EventLogEntry | null {
  const { atUs } = record;
  // How everything stands at the start is no event.
  if (atUs === 0 && (record.type === 'state' || record.type === 'dns')) return null;
  switch (record.type) {
    case 'fault': {
      const what = record.edge === 'started' ? record.cause : `${record.cause} healed`;
      const target = namesItself(record.resolved, record.target)
        ? record.target
        : `${record.target} (${record.resolved.join(', ')})`;
      const note = record.note === undefined ? '' : `: ${record.note}`;
      const text = `${what} on ${target}${record.effective ? '' : ', which had nothing to act on'}${note}`;
      return { atUs, kind: 'fault', database: null, id: null, text };
    }
    case 'event':
      return { atUs, kind: 'event', database: record.database, id: record.id, text: record.message };
    case 'state': {
      const phase = record.phase === undefined ? '' : ` (${record.phase})`;
      return { atUs, kind: 'state', database: record.database, id: null, text: `${record.state}${phase}` };
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
      const left = record.discarded === 0 ? 'nothing left behind' : `${record.discarded} entries left behind`;
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

/** Whether a target already says which node it is. */
function namesItself(resolved: readonly string[], target: string): boolean {
  return resolved.length === 0 || (resolved.length === 1 && resolved[0] === target);
}

const OPERATOR_EDGES = { called: 'is called', done: 'has done', dismissed: 'need no longer do' } as const;
