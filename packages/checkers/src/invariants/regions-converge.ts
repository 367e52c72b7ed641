import type { AcknowledgedRecord, ContentsRecord } from '@faultline/trace';
import { tablesOf } from '../deployments.ts';
import { Disturbances } from '../disturbances.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { GLOBAL_TABLES, GLOBAL_TABLES_GUIDANCE } from '../sources.ts';
import { NONE, PerDatabase, watchOf } from '../watching.ts';

/** Longest replication delay that is still usual (assumed: the service promises none), and the time that one waiting write may take. */
const USUAL_DELAY_US = 60_000_000;
const DRAIN_US_PER_WRITE = 10_000;

interface State {
  /** By key: the acknowledged version with the greatest timestamp. */
  readonly greatest: Map<number, AcknowledgedRecord>;
  readonly contents: ContentsRecord[];
  writes: number;
  lastWriteUs: number;
  lastChangeUs: number;
}

/** Once writes have stopped and everything has arrived, all Regions hold the same: of each item the greatest timestamp. */
export const regionsConverge: Invariant = {
  name: 'regions-converge',
  meaning:
    'When nothing is written any more and links work, all Regions come to hold, of each item, the version with the greatest timestamp.',
  promisedBy: [
    GLOBAL_TABLES('MREC: the last writer wins, and all replicas converge on the latest update.'),
    GLOBAL_TABLES_GUIDANCE('A Region that was cut off catches up by itself.'),
  ],
  hears: ['acknowledged', 'op', 'fault', 'replication', 'contents'],
  applies: (header) => tablesOf(header, 'mrec').length > 0,
  watch(header) {
    const disturbances = new Disturbances();
    const states = new PerDatabase<State>(tablesOf(header, 'mrec'), () => ({
      greatest: new Map(),
      contents: [],
      writes: 0,
      lastWriteUs: 0,
      lastChangeUs: 0,
    }));
    return watchOf(
      {
        acknowledged(record) {
          const state = states.of(record.database);
          const known = state?.greatest.get(record.key);
          if (state && (!known || (record.order ?? 0) > (known.order ?? 0))) state.greatest.set(record.key, record);
          return NONE;
        },
        op(record) {
          const state = record.action === 'write' ? states.of(record.database) : undefined;
          if (state) {
            state.writes++;
            state.lastWriteUs = record.atUs;
          }
          return NONE;
        },
        fault(record) {
          disturbances.add(record);
          return NONE;
        },
        replication(record) {
          const state = states.of(record.database);
          if (state) state.lastChangeUs = record.atUs;
          return NONE;
        },
        contents(record) {
          states.of(record.database)?.contents.push(record);
          return NONE;
        },
      },
      () => [...states.all()].flatMap(([database, state]) => judge(database, state, disturbances)),
    );
  },
};

function judge(database: string, state: State, disturbances: Disturbances): readonly Violation[] {
  const { contents, lastWriteUs, lastChangeUs, writes } = state;
  const first = contents[0];
  if (!first) return NONE;
  const breach = (what: string, evidence: Violation['evidence']) => ({
    invariant: regionsConverge.name,
    atUs: first.atUs,
    database,
    what,
    evidence,
  });
  if (contents.every(({ complete }) => complete)) return differences(first, contents, state, breach);
  const quietUs = first.atUs - Math.max(lastWriteUs, lastChangeUs, disturbances.lastUs);
  if (!disturbances.areHealed || quietUs < USUAL_DELAY_US + writes * DRAIN_US_PER_WRITE) return NONE;
  const behind = contents.filter(({ complete }) => !complete).map(({ node }) => node);
  return [
    breach(`Nothing has happened for ${quietUs / 1_000_000} s, and ${behind.join(', ')} still lacks writes.`, []),
  ];
}

function differences(
  first: ContentsRecord,
  contents: readonly ContentsRecord[],
  { greatest }: State,
  breach: (what: string, evidence: Violation['evidence']) => Violation,
): readonly Violation[] {
  const found: Violation[] = [];
  for (const { node, items } of contents) {
    const held = new Map(items.map((item) => [item[0], item]));
    for (const [key, op] of first.items) {
      const other = held.get(key);
      if (other?.[1] !== op)
        found.push(
          breach(
            `${first.node} holds op ${op} of key ${key}, ${node} holds ${other ? `op ${other[1]}` : 'nothing'}, and nothing is under way.`,
            [],
          ),
        );
    }
    for (const [key, record] of greatest) {
      const there = held.get(key)?.[2] ?? 0;
      if (there < (record.order ?? 0))
        found.push(
          breach(`${node} holds key ${key} with timestamp ${there}, although op ${record.op} had ${record.order}.`, [
            record,
          ]),
        );
    }
  }
  return found.slice(0, 10);
}
