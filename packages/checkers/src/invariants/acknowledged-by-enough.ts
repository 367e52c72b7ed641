import type { AcknowledgedRecord, HeaderRecord } from '@faultline/trace';
import type { Invariant, PromiseSource } from '../invariant.ts';
import { at, NONE, PerDatabase, watchOf } from '../watching.ts';

/** A rule about who has to hold a write when its client is told that it succeeded. */
interface AcknowledgementRule {
  readonly name: string;
  readonly meaning: string;
  readonly promisedBy: readonly PromiseSource[];
  readonly databases: (header: HeaderRecord) => readonly string[];
  readonly holders: number;
  /** Fewer that are enough all the same. */
  readonly alsoEnough?: (heldBy: readonly string[]) => boolean;
  /** The promise lapses while the writer was told to go on alone. */
  readonly lapsesAlone: boolean;
}

/** The invariant of such a rule: it looks at who held each write when the answer left. */
export function acknowledgedByEnough(rule: AcknowledgementRule): Invariant {
  const { name, meaning, promisedBy, databases, holders, alsoEnough, lapsesAlone } = rule;
  const breach = (record: AcknowledgedRecord, heldBy: readonly string[]) => {
    const { op, node, database, atUs, answeredAtUs } = record;
    const held = heldBy.length === 0 ? 'nobody' : heldBy.join(', ');
    const what = `${node} acknowledged op ${op} at ${at(answeredAtUs)} when ${held} held it, and ${holders} have to.`;
    return [{ invariant: name, atUs, database, what, evidence: [record] }];
  };
  return {
    name,
    meaning,
    promisedBy,
    hears: lapsesAlone ? ['acknowledged', 'command'] : ['acknowledged'],
    applies: (header) => databases(header).length > 0,
    watch(header) {
      const states = new PerDatabase(databases(header), () => ({ alone: false, changedAtUs: -1 }));
      return watchOf({
        acknowledged(record) {
          const { heldBy, committedAtUs, database } = record;
          const state = states.of(database);
          if (!state || heldBy === null || heldBy.length >= holders || alsoEnough?.(heldBy)) return NONE;
          if (lapsesAlone && (state.alone || committedAtUs <= state.changedAtUs)) return NONE;
          return breach(record, heldBy);
        },
        command(record) {
          const state = states.of(record.database);
          if (!state || record.command !== 'SET_ACKS') return NONE;
          state.alone = record.detail.acks === 0;
          state.changedAtUs = record.atUs;
          return NONE;
        },
      });
    },
  };
}
