import type { OpRecord, TimelineRecord, TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';

const NAMES_MAX = 20;

/** Writes of one database that were accepted on two timelines at once. */
export interface SplitBrainResult {
  readonly database: string;
  /** Acknowledged writes that an old timeline took after the new one had taken its first. */
  readonly count: number;
  readonly ops: readonly number[];
}

interface Branch {
  readonly fork: TimelineRecord;
  /** When the new timeline took its first acknowledged write. */
  firstWriteUs: number;
  /** Acknowledged writes of the old timeline after the fork: normally none, so they are kept as they come. */
  readonly late: { readonly op: number; readonly takenUs: number }[];
}

/**
 * Two writers at once: after a promotion, the old primary went on acknowledging writes. What counts is when
 * a write was appended at its node, not when its client heard of it.
 */
export class SplitBrainFold implements Fold<readonly SplitBrainResult[]> {
  readonly #branches: Branch[] = [];

  add(record: TraceRecord): void {
    if (record.type === 'timeline' && record.database === record.parentDatabase) {
      this.#branches.push({ fork: record, firstWriteUs: Number.POSITIVE_INFINITY, late: [] });
    } else if (record.type === 'op' && this.#branches.length > 0) this.#wrote(record);
  }

  #wrote({ action, outcome, position, committedAtUs, atUs, database, op }: OpRecord): void {
    if (action !== 'write' || outcome !== 'ok' || position === undefined) return;
    const takenUs = committedAtUs ?? atUs;
    for (const branch of this.#branches) {
      const { fork } = branch;
      if (fork.database !== database) continue;
      if (position.timeline === fork.timeline) branch.firstWriteUs = Math.min(branch.firstWriteUs, takenUs);
      else if (position.timeline === fork.parent && takenUs > fork.atUs) branch.late.push({ op, takenUs });
    }
  }

  /** One entry for each database that had any. */
  result(): readonly SplitBrainResult[] {
    const byDatabase = new Map<string, Set<number>>();
    for (const { fork, firstWriteUs, late } of this.#branches) {
      const ops = byDatabase.get(fork.database) ?? new Set<number>();
      for (const { op, takenUs } of late) if (takenUs >= firstWriteUs) ops.add(op);
      if (ops.size > 0) byDatabase.set(fork.database, ops);
    }
    return [...byDatabase].map(([database, ops]) => ({
      database,
      count: ops.size,
      ops: [...ops].sort((a, b) => a - b).slice(0, NAMES_MAX),
    }));
  }
}
