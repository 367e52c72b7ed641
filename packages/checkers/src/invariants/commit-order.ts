import type { OpRecord } from '@faultline/trace';
import { databasesOf, LOG_MODELS } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { AURORA_2017, POSTGRESQL_WAL } from '../sources.ts';
import { NONE, PerDatabase, watchOf } from '../watching.ts';

/** When the entry at each position of one timeline was taken: `committed[lsn - first]`, NaN where nothing was acknowledged. */
class Column {
  readonly timeline: number;
  first = 0;
  #committed = new Float64Array(0);
  #ops = new Float64Array(0);

  constructor(timeline: number) {
    this.timeline = timeline;
  }

  /** Notes an acknowledged entry; the op that is already there, or 0. */
  note(lsn: number, committedAtUs: number, op: number): number {
    if (this.#ops.length === 0 || lsn < this.first) this.#grow(lsn, this.first + this.#ops.length);
    else if (lsn - this.first >= this.#ops.length) this.#grow(this.first, lsn + 1);
    const place = lsn - this.first;
    const former = this.#ops[place] as number;
    this.#committed[place] = committedAtUs;
    this.#ops[place] = op;
    return former === op ? 0 : former;
  }

  /** The first two acknowledged entries that lie in another order than they were taken: `[op, op]`. */
  disorder(): readonly [number, number] | null {
    let before = -1;
    for (let place = 0; place < this.#ops.length; place++) {
      if (this.#ops[place] === 0) continue;
      if (before >= 0 && (this.#committed[place] as number) < (this.#committed[before] as number))
        return [this.#ops[before] as number, this.#ops[place] as number];
      before = place;
    }
    return null;
  }

  #grow(first: number, end: number): void {
    const kept = this.#ops.length;
    const size = Math.max(end - first, kept * 2, 256);
    const from = kept === 0 ? 0 : this.first - first;
    const [committed, ops] = [new Float64Array(size), new Float64Array(size)];
    committed.set(this.#committed, from);
    ops.set(this.#ops, from);
    this.first = first;
    this.#committed = committed;
    this.#ops = ops;
  }
}

/** Acknowledged writes lie in the log in the order in which they were taken, each at a place of its own. */
export const commitOrder: Invariant = {
  name: 'commit-order',
  meaning:
    'Acknowledged writes lie in the log in the order in which their writer took them, each in a place of its own.',
  promisedBy: [
    POSTGRESQL_WAL('Changes are logged in the order in which they are made, and recovered in that order.'),
    AURORA_2017('Each log record has an LSN that grows monotonically; commits complete in that order.'),
  ],
  hears: ['op'],
  applies: (header) => databasesOf(header, LOG_MODELS).length > 0,
  watch(header) {
    const states = new PerDatabase(databasesOf(header, LOG_MODELS), () => ({ columns: [] as Column[] }));
    return watchOf(
      {
        op(record) {
          if (record.position === undefined || record.outcome !== 'ok') return NONE;
          const state = states.of(record.database);
          return state ? noted(state.columns, record, record.position.timeline, record.position.lsn) : NONE;
        },
      },
      () =>
        [...states.all()].flatMap(([database, { columns }]) => columns.flatMap((each) => outOfOrder(database, each))),
    );
  },
};

function noted(columns: Column[], record: OpRecord, timeline: number, lsn: number): readonly Violation[] {
  let column = columns.find((each) => each.timeline === timeline);
  if (!column) {
    column = new Column(timeline);
    columns.push(column);
  }
  const { op, atUs, database, committedAtUs = atUs } = record;
  const former = column.note(lsn, committedAtUs, op);
  if (former === 0) return NONE;
  const what = `Op ${former} and op ${op} were both acknowledged at position ${lsn} of timeline ${timeline}.`;
  return [{ invariant: commitOrder.name, atUs, database, what, evidence: [record] }];
}

function outOfOrder(database: string, column: Column): readonly Violation[] {
  const pair = column.disorder();
  if (pair === null) return NONE;
  const what = `Op ${pair[0]} lies before op ${pair[1]} on timeline ${column.timeline}, although it was taken after it.`;
  return [{ invariant: commitOrder.name, atUs: 0, database, what, evidence: [] }];
}
