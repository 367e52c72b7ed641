import type { HeaderRecord, OpRecord, TraceRecord } from '@faultline/trace';
import type { Column } from '../column.ts';
import { FaultLog } from '../fault-log.ts';
import type { Fold } from '../fold.ts';
import { RUN_ENDED } from '../recovery/cohort-recovery.ts';
import { Lineage, timelineKey } from './lineage.ts';
import { smallest, type TimelineWrites, Writes } from './timeline-writes.ts';

/** How many operations a result names; the count beside them is complete. */
const NAMES_MAX = 20;

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
  readonly #conflicts: { readonly database: string; readonly loser: number }[] = [];
  readonly #pendingLosers = new Set<number>();
  readonly #acknowledgedLosers = new Set<number>();
  #current: TimelineWrites | null = null;

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
        this.#pendingLosers.add(record.loserOp);
        break;
    }
  }

  op(record: OpRecord): void {
    const { position, outcome, op } = record;
    if (position === undefined || record.action !== 'write') return;
    const writes = this.#writesOf(record.database, position.timeline);
    if (outcome !== 'ok') {
      if (outcome === 'indeterminate' && record.error !== RUN_ENDED) writes.unsure.push(op, position.lsn, record.atUs);
      return;
    }
    writes.acknowledged.push(op, position.lsn, record.atUs);
    const home = this.#homes.get(record.cohort);
    if (home !== undefined && home !== record.database) this.#movedTo.set(home, record.database);
  }

  result(): readonly DataLossResult[] {
    this.#matchConflicts();
    return this.#databases.map((database) => this.#resultOf(database));
  }

  #begin(header: HeaderRecord): void {
    for (const { database } of header.databases) this.#databases.push(database);
    for (const { cohort, database } of header.cohorts) this.#homes.set(cohort, database);
  }

  #writesOf(database: string, timeline: number): TimelineWrites {
    const current = this.#current;
    if (current !== null && current.timeline === timeline && current.database === database) return current;
    let found = this.#writes.find((known) => known.timeline === timeline && known.database === database);
    if (!found) {
      found = {
        database,
        timeline,
        key: timelineKey(database, timeline),
        acknowledged: new Writes(),
        unsure: new Writes(),
      };
      this.#writes.push(found);
    }
    this.#current = found;
    return found;
  }

  #resultOf(database: string): DataLossResult {
    const movedTo = this.#movedTo.get(database);
    const survivor = movedTo !== undefined && this.#lineage.descends(movedTo, database) ? movedTo : database;
    const ancestry = this.#lineage.ancestry(survivor);
    const lost = new Writes();
    let count = 0;
    let inEffect = 0;
    for (const { database: written, key, acknowledged, unsure } of this.#writes) {
      if (written !== database) continue;
      count += acknowledged.lsns.length;
      const limit = ancestry === null ? Number.POSITIVE_INFINITY : (ancestry.get(key) ?? 0);
      for (let row = 0; row < acknowledged.lsns.length; row++) {
        if (acknowledged.lsns.at(row) > limit)
          lost.push(acknowledged.ops.at(row), acknowledged.lsns.at(row), acknowledged.heardUs.at(row));
      }
      for (let row = 0; row < unsure.lsns.length; row++) if (unsure.lsns.at(row) <= limit) inEffect++;
    }
    const updates = this.#conflicts.filter(
      (one) => one.database === database && this.#acknowledgedLosers.has(one.loser),
    );
    return {
      database,
      acknowledged: count,
      survivor,
      lost: lost.ops.length,
      lostOps: smallest(lost.ops, NAMES_MAX),
      ...spanOf(lost.heardUs, this.#faults, this.#lineage.newestFork(survivor)?.atUs ?? 0),
      lostUpdates: updates.length,
      lostUpdateOps: updates.slice(0, NAMES_MAX).map(({ loser }) => loser),
      indeterminateInEffect: inEffect,
    };
  }

  /** Which losers of a conflict had been acknowledged. Conflicts are few, so the writes are searched only now. */
  #matchConflicts(): void {
    if (this.#pendingLosers.size === 0) return;
    for (const { acknowledged } of this.#writes) {
      for (let row = 0; row < acknowledged.ops.length; row++) {
        const op = acknowledged.ops.at(row);
        if (this.#pendingLosers.has(op)) this.#acknowledgedLosers.add(op);
      }
    }
  }
}

function spanOf(
  lostAtUs: Column,
  faults: FaultLog,
  forkedAtUs: number,
): Pick<DataLossResult, 'spanUs' | 'firstLostAtUs' | 'lastLostAtUs'> {
  if (lostAtUs.length === 0) return { spanUs: 0, firstLostAtUs: null, lastLostAtUs: null };
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (let row = 0; row < lostAtUs.length; row++) {
    first = Math.min(first, lostAtUs.at(row));
    last = Math.max(last, lostAtUs.at(row));
  }
  // Several faults may precede the loss: the one at which acknowledgements ended is the one that cost them.
  const faultUs = faults.nearestTo(last, forkedAtUs) ?? 0;
  // A write that was acknowledged at the very instant of the fault is lost all the same: never 0.
  return { spanUs: Math.max(1, Math.max(faultUs, last) - first), firstLostAtUs: first, lastLostAtUs: last };
}
