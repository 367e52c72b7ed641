import type { AcknowledgedRecord, ContentsRecord, HeaderRecord, OpRecord, TimelineRecord } from '@faultline/trace';
import { databasesOf, synchronousPairs, TABLE_MODEL } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import {
  AURORA_AVAILABILITY,
  DYNAMODB_PAPER,
  MULTI_AZ_CLUSTER,
  MULTI_AZ_INSTANCE,
  POSTGRESQL_COMMIT,
} from '../sources.ts';
import { at, NONE, PerDatabase, watchOf } from '../watching.ts';

/** Kinds that promise it as long as nobody restores a backup. Asynchronous copies promise nothing. */
const MODELS = [
  'rds.single-az',
  'rds.multi-az-instance',
  'rds.multi-az-cluster',
  'aurora.cluster',
  TABLE_MODEL,
] as const;

/** One timeline: up to where it is part of what survives, and the newest write acknowledged on it. */
interface Branch {
  survivesUpTo: number;
  newest: OpRecord | null;
  newestLsn: number;
}

/** The newest acknowledged version of an item. */
interface Version {
  readonly timeline: number;
  readonly order: number;
  readonly record: AcknowledgedRecord;
}

interface State {
  readonly isTable: boolean;
  readonly branches: Map<number, Branch>;
  /** By item, or by node and item where every node takes writes. */
  readonly versions: Map<string | number, Version>;
  /** A backup is restored: what comes after it is lost, and known to be. */
  restoring: boolean;
  /** The writer goes on without its standby: what it acknowledges meanwhile is on one volume. */
  alone: boolean;
  togetherSinceUs: number;
}

/** What a client was told had succeeded is there after every failover, and at the end. */
export const acknowledgedWritesSurvive: Invariant = {
  name: 'acknowledged-writes-survive',
  meaning:
    'Every write that a client was told had succeeded is in the database at the end, unless a backup was restored.',
  promisedBy: [
    MULTI_AZ_INSTANCE('A commit is on both volumes before it is acknowledged.'),
    MULTI_AZ_CLUSTER('A commit is acknowledged when at least one reader has it, and that reader is promoted.'),
    AURORA_AVAILABILITY('A failover to a replica loses no data: all instances share the volume.'),
    POSTGRESQL_COMMIT('on, remote_apply: a commit is on the disk of the standby as well.'),
    DYNAMODB_PAPER('A write is acknowledged once a quorum of storage replicas has persisted it.'),
  ],
  hears: ['op', 'timeline', 'command', 'acknowledged', 'contents'],
  applies: (header) => speaksOf(header).length > 0,
  watch(header) {
    const tables = databasesOf(header, [TABLE_MODEL]);
    const states = new PerDatabase<State>(speaksOf(header), (database) => ({
      isTable: tables.includes(database),
      branches: new Map(),
      versions: new Map(),
      restoring: false,
      alone: false,
      togetherSinceUs: -1,
    }));
    return watchOf({
      op(record) {
        if (record.position === undefined || record.outcome !== 'ok') return NONE;
        const state = states.of(record.database);
        return state && !state.isTable
          ? acknowledged(state, record, record.position.timeline, record.position.lsn)
          : NONE;
      },
      timeline(record) {
        const state = states.of(record.database);
        return state ? forked(state, record) : NONE;
      },
      command(record) {
        const state = states.of(record.database);
        if (state && record.command === 'RESTORE_BACKUP') state.restoring = true;
        if (state && record.command === 'SET_ACKS') {
          state.alone = record.detail.acks === 0;
          state.togetherSinceUs = record.atUs;
        }
        return NONE;
      },
      acknowledged(record) {
        const state = states.of(record.database);
        if (state) noteVersion(state, record);
        return NONE;
      },
      contents(record) {
        const state = states.of(record.database);
        return state ? missingFrom(state, record) : NONE;
      },
    });
  },
};

function speaksOf(header: HeaderRecord): readonly string[] {
  return [...databasesOf(header, MODELS), ...synchronousPairs(header)];
}

/** Writes that were taken while the standby was given up are on one volume only, and nobody promises more. */
function wasAlone({ alone, togetherSinceUs }: State, committedAtUs: number): boolean {
  return alone || committedAtUs <= togetherSinceUs;
}

function branchOf({ branches }: State, timeline: number): Branch {
  let branch = branches.get(timeline);
  if (!branch) {
    branch = { survivesUpTo: Number.POSITIVE_INFINITY, newest: null, newestLsn: 0 };
    branches.set(timeline, branch);
  }
  return branch;
}

function acknowledged(state: State, record: OpRecord, timeline: number, lsn: number): readonly Violation[] {
  const branch = branchOf(state, timeline);
  if (lsn > branch.survivesUpTo) {
    if (wasAlone(state, record.committedAtUs ?? record.atUs)) return NONE;
    return [lost(record, lsn, timeline, branch.survivesUpTo, [record])];
  }
  if (lsn > branch.newestLsn && !wasAlone(state, record.committedAtUs ?? record.atUs)) {
    branch.newestLsn = lsn;
    branch.newest = record;
  }
  return NONE;
}

function forked(state: State, fork: TimelineRecord): readonly Violation[] {
  const { branches, restoring } = state;
  state.restoring = false;
  // A promoted read replica leaves what it never received with its source.
  if (fork.parentDatabase !== fork.database) return NONE;
  // Perhaps nothing of it has been acknowledged yet.
  branchOf(state, fork.parent);
  let found = NONE;
  for (const [timeline, branch] of branches) {
    branch.survivesUpTo = restoring ? Number.POSITIVE_INFINITY : Math.min(branch.survivesUpTo, fork.forkLsn);
    const { newest, newestLsn } = branch;
    if (newest === null || newestLsn <= fork.forkLsn) continue;
    if (!restoring)
      found = [...found, { ...lost(newest, newestLsn, timeline, fork.forkLsn, [newest, fork]), atUs: fork.atUs }];
    branch.newest = null;
    branch.newestLsn = fork.forkLsn;
  }
  if (restoring) state.versions.clear();
  return found;
}

function lost(
  record: OpRecord,
  lsn: number,
  timeline: number,
  survivesUpTo: number,
  evidence: Violation['evidence'],
): Violation {
  const { op, atUs, database, node } = record;
  const what = `Op ${op}, acknowledged by ${node} at ${at(atUs)}, is at position ${lsn} of timeline ${timeline}, of which only what lies up to ${survivesUpTo} survives.`;
  return { invariant: acknowledgedWritesSurvive.name, atUs, database, what, evidence };
}

function noteVersion(state: State, record: AcknowledgedRecord): void {
  const { key, node, timeline, lsn, order = lsn, committedAtUs } = record;
  if (!state.isTable && wasAlone(state, committedAtUs)) return;
  const name = state.isTable ? `${node}/${key}` : key;
  const known = state.versions.get(name);
  if (!known || order > known.order) state.versions.set(name, { timeline, order, record });
}

/** What the database holds at the end against what its clients were told. */
function missingFrom({ isTable, versions, branches }: State, contents: ContentsRecord): readonly Violation[] {
  const { node, database, atUs, items } = contents;
  const held = new Map(items.map(([key, , order]) => [key, order]));
  let found = NONE;
  for (const { timeline, order, record } of versions.values()) {
    if (isTable && record.node !== node) continue;
    // Acknowledged on a timeline that was left behind: told already, or excused.
    if (!isTable && order > (branches.get(timeline)?.survivesUpTo ?? 0)) continue;
    const there = held.get(record.key) ?? 0;
    if (there >= order) continue;
    const what = `Op ${record.op} on key ${record.key}, acknowledged by ${record.node} at ${at(record.atUs)}, is not in what ${node} holds at the end.`;
    found = [...found, { invariant: acknowledgedWritesSurvive.name, atUs, database, what, evidence: [record] }];
    if (found.length >= 10) break;
  }
  return found;
}
