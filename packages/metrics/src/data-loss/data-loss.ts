import type { HeaderRecord, OpRecord, TraceRecord } from '@faultline/trace';
import { FaultLog } from '../fault-log.ts';
import type { Fold } from '../fold.ts';
import { RUN_ENDED } from '../recovery/cohort-recovery.ts';
import { TableMemory } from '../table-memory.ts';
import { Lineage, timelineKey } from './lineage.ts';
import { LostWrites, NAMES_MAX } from './lost-writes.ts';
import { LSN, OP, type TimelineWrites } from './timeline-writes.ts';

/** What became of the writes of one database. Operations are named by their number in the run. */
export interface DataLossResult {
  readonly database: string;
  /** Writes that it acknowledged, those that were lost among them. */
  readonly acknowledged: number;
  /** The database whose newest timeline decides what survived: another one where the clients were moved to a replica. */
  readonly survivor: string;
  /** Acknowledged writes that the surviving timeline does not contain. */
  readonly lost: number;
  readonly lostOps: readonly number[];
  /** From the first acknowledgement that was lost to the fault, or to the last one if that came later; 0 when none was. */
  readonly spanUs: number;
  readonly firstLostAtUs: number | null;
  readonly lastLostAtUs: number | null;
  /** Acknowledged writes that lost against a concurrent write elsewhere (last writer wins). Not part of `lost`. */
  readonly lostUpdates: number;
  readonly lostUpdateOps: readonly number[];
  /** Writes that their client could not be sure of, and that did take effect. */
  readonly indeterminateInEffect: number;
}

/** A write that lost against a concurrent one elsewhere. */
interface Conflict {
  readonly database: string;
  readonly loser: number;
}

/**
 * Acknowledged writes that are gone. A promotion forks the log; what survives is what the newest timeline of
 * the database contains. If the clients of a database were moved to another one that came out of it (a read
 * replica that was promoted), the other one's timeline decides.
 *
 * Memory: 24 bytes for each write, since any of them may turn out to be lost.
 */
export class DataLossFold implements Fold<readonly DataLossResult[]> {
  readonly #faults = new FaultLog();
  readonly #lineage = new Lineage();
  readonly #databases: string[] = [];
  readonly #homes = new Map<string, string>();
  /** Where the newest acknowledged write of a database's own clients went. */
  readonly #movedTo = new Map<string, string>();
  readonly #writes: TimelineWrites[] = [];
  readonly #conflicts: Conflict[] = [];
  readonly #memory: TableMemory;
  /** Those of the newest write: nearly always the next one is of the same timeline. */
  #current: TimelineWrites | null = null;
  /** Whose newest acknowledged write went where: nearly always the next one goes there too. */
  #cohort: string | null = null;
  #writtenTo: string | null = null;

  /** It takes tables of `memory`. */
  constructor(memory: TableMemory = new TableMemory()) {
    this.#memory = memory;
  }

  add(record: TraceRecord): void {
    switch (record.type) {
      case 'op':
        this.op(record);
        break;
      case 'header':
        this.#begin(record);
        break;
      case 'fault':
        this.#faults.add(record);
        break;
      case 'timeline':
        this.#lineage.add(record);
        break;
      case 'conflict':
        this.#conflicts.push({ database: record.database, loser: record.loserOp });
        break;
    }
  }

  op(record: OpRecord): void {
    const { position, outcome, database } = record;
    if (position === undefined || record.action !== 'write') return;
    const writes = this.#writesOf(database, position.timeline);
    if (outcome !== 'ok') {
      if (outcome === 'indeterminate' && record.error !== RUN_ENDED)
        writes.unsure.push(record.op, position.lsn, record.atUs);
      return;
    }
    writes.acknowledged.push(record.op, position.lsn, record.atUs);
    if (record.cohort !== this.#cohort || database !== this.#writtenTo) this.#wroteTo(record.cohort, database);
  }

  result(): readonly DataLossResult[] {
    const overwritten = this.#overwritten();
    return this.#databases.map((database) => this.#resultOf(database, overwritten));
  }

  #begin(header: HeaderRecord): void {
    for (const { database } of header.databases) this.#databases.push(database);
    for (const { cohort, database } of header.cohorts) this.#homes.set(cohort, database);
  }

  #wroteTo(cohort: string, database: string): void {
    this.#cohort = cohort;
    this.#writtenTo = database;
    const home = this.#homes.get(cohort);
    if (home !== undefined && home !== database) this.#movedTo.set(home, database);
  }

  #writesOf(database: string, timeline: number): TimelineWrites {
    const current = this.#current;
    if (current !== null && current.timeline === timeline && current.database === database) return current;
    this.#current = this.#find(database, timeline) ?? this.#begun(database, timeline);
    return this.#current;
  }

  #find(database: string, timeline: number): TimelineWrites | undefined {
    return this.#writes.find((known) => known.timeline === timeline && known.database === database);
  }

  #begun(database: string, timeline: number): TimelineWrites {
    const [acknowledged, unsure] = [this.#memory.take(), this.#memory.take()];
    const writes = { database, timeline, key: timelineKey(database, timeline), acknowledged, unsure };
    this.#writes.push(writes);
    return writes;
  }

  #resultOf(database: string, overwritten: readonly Conflict[]): DataLossResult {
    const movedTo = this.#movedTo.get(database);
    const survivor = movedTo !== undefined && this.#lineage.descends(movedTo, database) ? movedTo : database;
    const ancestry = this.#lineage.ancestry(survivor);
    const lost = new LostWrites();
    let count = 0;
    let inEffect = 0;
    for (const { database: written, key, acknowledged, unsure } of this.#writes) {
      if (written !== database) continue;
      count += acknowledged.rows;
      const limit = ancestry === null ? Number.POSITIVE_INFINITY : (ancestry.get(key) ?? 0);
      if (limit !== Number.POSITIVE_INFINITY) lost.addBehind(limit, acknowledged);
      for (let row = 0; row < unsure.rows; row++) if (unsure.at(row, LSN) <= limit) inEffect++;
    }
    const updates = overwritten.filter((one) => one.database === database);
    return {
      database,
      acknowledged: count,
      survivor,
      lost: lost.count,
      lostOps: lost.names,
      ...spanOf(lost, this.#faults, this.#lineage.newestFork(survivor)?.atUs ?? 0),
      lostUpdates: updates.length,
      lostUpdateOps: updates.slice(0, NAMES_MAX).map(({ loser }) => loser),
      indeterminateInEffect: inEffect,
    };
  }

  /** The losers of conflicts that had been acknowledged. Conflicts are few, so the writes are searched only now. */
  #overwritten(): readonly Conflict[] {
    if (this.#conflicts.length === 0) return this.#conflicts;
    const losers = new Set(this.#conflicts.map(({ loser }) => loser));
    const acknowledgedLosers = new Set<number>();
    for (const { acknowledged } of this.#writes) {
      for (let row = 0; row < acknowledged.rows; row++) {
        const op = acknowledged.at(row, OP);
        if (losers.has(op)) acknowledgedLosers.add(op);
      }
    }
    return this.#conflicts.filter(({ loser }) => acknowledgedLosers.has(loser));
  }
}

function spanOf(
  { count, firstHeardUs, lastHeardUs }: LostWrites,
  faults: FaultLog,
  forkedAtUs: number,
): Pick<DataLossResult, 'spanUs' | 'firstLostAtUs' | 'lastLostAtUs'> {
  if (count === 0) return { spanUs: 0, firstLostAtUs: null, lastLostAtUs: null };
  // Several faults may precede the loss: the one at which acknowledgements ended is the one that cost them.
  const faultUs = faults.nearestTo(lastHeardUs, forkedAtUs) ?? 0;
  // A write that was acknowledged at the very instant of the fault is lost all the same: never 0.
  const spanUs = Math.max(1, Math.max(faultUs, lastHeardUs) - firstHeardUs);
  return { spanUs, firstLostAtUs: firstHeardUs, lastLostAtUs: lastHeardUs };
}
