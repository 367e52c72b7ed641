import type { NodeRecord, OpRecord, TimelineRecord } from '@faultline/trace';
import { databasesOf, LOG_MODELS } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { AURORA_2018, MULTI_AZ_CLUSTER_FAILOVER, MULTI_AZ_INSTANCE } from '../sources.ts';
import { at, NONE, PerDatabase, watchOf } from '../watching.ts';

/** One timeline: who writes it, and since when another has taken its place. */
interface Epoch {
  node: string;
  closedBy: TimelineRecord | null;
}

interface State {
  readonly epochs: Map<number, Epoch>;
  readonly nodes: Map<string, NodeRecord>;
  /** A restored instance stands beside the one that it replaces, which nobody can reach. */
  restoring: boolean;
}

/** Every timeline has one node that writes it, and it takes nothing once another timeline has forked off. */
export const singleWriter: Invariant = {
  name: 'single-writer',
  meaning: 'At no time do two nodes accept writes that cannot both survive.',
  promisedBy: [
    MULTI_AZ_INSTANCE('There is one primary; the standby takes over when it is gone.'),
    MULTI_AZ_CLUSTER_FAILOVER('The writer is terminated before a reader is promoted.'),
    AURORA_2018('A raised volume epoch shuts out the former writer before a new one opens the volume.'),
  ],
  hears: ['op', 'timeline', 'node', 'command'],
  applies: (header) => databasesOf(header, LOG_MODELS).length > 0,
  watch(header) {
    const states = new PerDatabase<State>(databasesOf(header, LOG_MODELS), () => ({
      epochs: new Map(),
      nodes: new Map(),
      restoring: false,
    }));
    return watchOf({
      op(record) {
        if (record.action !== 'write' || record.outcome !== 'ok' || record.position === undefined) return NONE;
        const state = states.of(record.database);
        return state ? written(state, record, record.position.timeline) : NONE;
      },
      timeline(record) {
        const state = states.of(record.database);
        return state ? forked(state, record) : NONE;
      },
      node(record) {
        states.of(record.database)?.nodes.set(record.node, record);
        return NONE;
      },
      command(record) {
        const state = states.of(record.database);
        if (state && record.command === 'RESTORE_BACKUP') state.restoring = true;
        return NONE;
      },
    });
  },
};

function written({ epochs }: State, record: OpRecord, timeline: number): readonly Violation[] {
  const { op, node = '', committedAtUs = record.atUs, database, atUs } = record;
  let epoch = epochs.get(timeline);
  if (!epoch) {
    epoch = { node, closedBy: null };
    epochs.set(timeline, epoch);
  }
  // A fork told of this timeline before any of its writes was acknowledged.
  if (epoch.node === '') epoch.node = node;
  const breach = (what: string, evidence: Violation['evidence']) => [
    { invariant: singleWriter.name, atUs, database, what, evidence },
  ];
  if (epoch.node !== node)
    return breach(`${node} acknowledged op ${op} on timeline ${timeline}, which ${epoch.node} writes.`, [record]);
  const { closedBy } = epoch;
  if (closedBy === null || committedAtUs <= closedBy.atUs) return NONE;
  const what = `${node} took op ${op} at ${at(committedAtUs)} and acknowledged it, although ${closedBy.node} had become the writer at ${at(closedBy.atUs)}.`;
  return breach(what, [closedBy, record]);
}

function forked(state: State, fork: TimelineRecord): readonly Violation[] {
  const { epochs, nodes, restoring } = state;
  state.restoring = false;
  epochs.set(fork.timeline, { node: fork.node, closedBy: null });
  if (fork.parentDatabase !== fork.database) return NONE;
  const parent = epochs.get(fork.parent);
  if (parent) parent.closedBy ??= fork;
  else epochs.set(fork.parent, { node: '', closedBy: fork });
  if (restoring) return NONE;
  const { atUs, database } = fork;
  return [...nodes.values()]
    .filter((other) => other.node !== fork.node && other.writable)
    .map((other) => ({
      invariant: singleWriter.name,
      atUs,
      database,
      what: `${fork.node} became the writer while ${other.node} ran, was not fenced and took writes.`,
      evidence: [other, fork],
    }));
}
