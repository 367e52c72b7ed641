import type { AcknowledgedRecord, ServedRecord } from '@faultline/trace';
import { databasesOf, LOG_MODELS } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { AURORA_2017, POSTGRESQL_STANDBY } from '../sources.ts';
import { NONE, PerDatabase, watchOf } from '../watching.ts';

/** Acknowledged versions of one key on one timeline, by position. */
interface Versions {
  readonly lsns: number[];
  readonly records: AcknowledgedRecord[];
}

interface State {
  /** By key, for the timeline that is written now. */
  versions: Map<number, Versions>;
  timeline: number;
  /** Position of each acknowledged write of that timeline. */
  positions: Map<number, number>;
  /** Writes that were sent more than once: they may lie at other positions as well. */
  readonly repeated: Set<number>;
}

/** A read is served as of one point of the log: it finds all that lies before it, and nothing that lies after. */
export const readsAreComplete: Invariant = {
  name: 'reads-are-complete',
  meaning:
    'A read as of a position returns the newest version at or before that position: none before it is missed, none after it is seen.',
  promisedBy: [
    AURORA_2017(
      'A read has a read point, and a page is read from a segment that is complete up to it (section 4.2.3).',
    ),
    POSTGRESQL_STANDBY('A query on a standby sees what has been replayed, as of one point.'),
  ],
  hears: ['acknowledged', 'served'],
  applies: (header) => databasesOf(header, LOG_MODELS).length > 0,
  watch(header) {
    const states = new PerDatabase<State>(databasesOf(header, LOG_MODELS), () => ({
      versions: new Map(),
      timeline: 0,
      positions: new Map(),
      repeated: new Set(),
    }));
    return watchOf({
      acknowledged(record) {
        const state = states.of(record.database);
        if (state) note(state, record);
        return NONE;
      },
      served(record) {
        const state = states.of(record.database);
        return state && record.timeline === state.timeline ? judge(state, record) : NONE;
      },
    });
  },
};

function note(state: State, record: AcknowledgedRecord): void {
  const { timeline, key, lsn, op, attempts = 1 } = record;
  if (attempts > 1) state.repeated.add(op);
  if (timeline < state.timeline) return;
  // What was acknowledged on an older timeline is part of this one only up to its fork: left to other invariants.
  if (timeline > state.timeline) Object.assign(state, { timeline, versions: new Map(), positions: new Map() });
  state.positions.set(op, lsn);
  let versions = state.versions.get(key);
  if (!versions) {
    versions = { lsns: [], records: [] };
    state.versions.set(key, versions);
  }
  // Clients hear in nearly the order of the log.
  let place = versions.lsns.length;
  while (place > 0 && (versions.lsns[place - 1] as number) > lsn) place--;
  versions.lsns.splice(place, 0, lsn);
  versions.records.splice(place, 0, record);
}

function judge({ versions, positions, repeated }: State, read: ServedRecord): readonly Violation[] {
  const { key, lsn, value, op, node, database, atUs } = read;
  if (repeated.has(value)) return NONE;
  const found = positions.get(value);
  const breach = (what: string, evidence: Violation['evidence']) => [
    { invariant: readsAreComplete.name, atUs, database, what, evidence },
  ];
  if (found !== undefined && found > lsn)
    return breach(
      `${node} served read ${op} of key ${key} as of position ${lsn} and returned op ${value}, which is at ${found}.`,
      [read],
    );
  const known = versions.get(key);
  if (!known) return NONE;
  let place = known.lsns.length - 1;
  while (place >= 0 && (known.lsns[place] as number) > lsn) place--;
  const newest = known.records[place];
  // A value without a known position is an older timeline's, or of a write whose client has not heard yet.
  if (!newest || newest.op === value || (found === undefined && value !== 0) || (found ?? 0) > newest.lsn) return NONE;
  return breach(
    `${node} served read ${op} of key ${key} as of position ${lsn} and returned ${value === 0 ? 'nothing' : `op ${value}`}, although op ${newest.op} is at ${newest.lsn}.`,
    [newest, read],
  );
}
