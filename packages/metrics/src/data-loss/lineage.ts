import type { TimelineRecord } from '@faultline/trace';

interface Fork {
  readonly parentDatabase: string;
  readonly parent: number;
  readonly forkLsn: number;
}

/** The last position of each timeline that a history contains, by `timelineKey`. */
export type Ancestry = ReadonlyMap<string, number>;

export function timelineKey(database: string, timeline: number): string {
  return `${database}/${timeline}`;
}

/** Which timelines came out of which: decides what a surviving history contains. */
export class Lineage {
  readonly #forks = new Map<string, Fork>();
  readonly #newest = new Map<string, TimelineRecord>();

  add(record: TimelineRecord): void {
    const { parentDatabase, parent, forkLsn } = record;
    this.#forks.set(timelineKey(record.database, record.timeline), { parentDatabase, parent, forkLsn });
    this.#newest.set(record.database, record);
  }

  /** The fork that made the timeline on which a database goes on; null while it is on its first one. */
  newestFork(database: string): TimelineRecord | null {
    return this.#newest.get(database) ?? null;
  }

  /** What the newest timeline of a database contains. Null while it never forked: then it contains everything. */
  ancestry(database: string): Ancestry | null {
    const newest = this.#newest.get(database);
    if (!newest) return null;
    const contained = new Map<string, number>();
    let key = timelineKey(database, newest.timeline);
    let limit = Number.POSITIVE_INFINITY;
    while (!contained.has(key)) {
      contained.set(key, limit);
      const fork = this.#forks.get(key);
      if (!fork) break;
      limit = Math.min(limit, fork.forkLsn);
      key = timelineKey(fork.parentDatabase, fork.parent);
    }
    return contained;
  }

  /** Whether the newest timeline of one database came out of another one's. */
  descends(database: string, from: string): boolean {
    return [...(this.ancestry(database)?.keys() ?? [])].some((key) => key.startsWith(`${from}/`));
  }
}
