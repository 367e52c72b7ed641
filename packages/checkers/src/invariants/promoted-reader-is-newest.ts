import type { CommandRecord, PositionRecord, TimelineRecord } from '@faultline/trace';
import { databasesOf } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { MULTI_AZ_CLUSTER_FAILOVER } from '../sources.ts';
import { NONE, PerDatabase, watchOf } from '../watching.ts';

const MODELS = ['rds.multi-az-cluster'] as const;

interface State {
  readonly positions: Map<string, PositionRecord>;
  comparison: CommandRecord | null;
  /** Where the candidates stood when they were compared: at the instant of the command, which looks at all. */
  compared: Map<string, PositionRecord>;
}

/** Of the readers that can be asked, the one with the most recent record takes over. */
export const promotedReaderIsNewest: Invariant = {
  name: 'promoted-reader-is-newest',
  meaning: 'The reader that is promoted had the newest record of all readers that worked when they were compared.',
  promisedBy: [MULTI_AZ_CLUSTER_FAILOVER('The reader with the most recent change record is promoted.')],
  hears: ['position', 'command', 'timeline'],
  applies: (header) => databasesOf(header, MODELS).length > 0,
  watch(header) {
    const states = new PerDatabase<State>(databasesOf(header, MODELS), () => ({
      positions: new Map(),
      comparison: null,
      compared: new Map(),
    }));
    return watchOf({
      position(record) {
        const state = states.of(record.database);
        state?.positions.set(record.node, record);
        if (state?.comparison?.atUs === record.atUs) state.compared.set(record.node, record);
        return NONE;
      },
      command(record) {
        const state = states.of(record.database);
        if (!state || record.command !== 'COMPARE_POSITIONS') return NONE;
        state.comparison = record;
        state.compared = new Map(state.positions);
        return NONE;
      },
      timeline(record) {
        const state = states.of(record.database);
        return state?.comparison ? judge(state, state.comparison, record) : NONE;
      },
    });
  },
};

function judge(state: State, comparison: CommandRecord, fork: TimelineRecord): readonly Violation[] {
  const { compared } = state;
  state.comparison = null;
  const candidates = comparison.detail.nodes as readonly string[];
  const heir = compared.get(fork.node);
  if (!heir || !candidates.includes(fork.node)) return NONE;
  const better = candidates
    .map((node) => compared.get(node))
    .find((one) => one?.works && one.timeline === heir.timeline && one.receivedLsn > heir.receivedLsn);
  if (!better) return NONE;
  const { atUs, database, node } = fork;
  const what = `${node} was promoted, although it held the log up to ${heir.receivedLsn} when ${better.node} held it up to ${better.receivedLsn}.`;
  return [{ invariant: promotedReaderIsNewest.name, atUs, database, what, evidence: [heir, better, fork] }];
}
