import { RowVersions } from '../transactions/row-versions.ts';
import { LogEntries } from './log-entries.ts';
import { Series } from './series.ts';

/**
 * One history of writes. A promotion forks it: the new timeline shares the entries up to `base` with its
 * parent and goes its own way after. Positions (LSNs) count entries from 1 across the whole ancestry.
 */
export class Timeline {
  readonly id: number;
  readonly owner: string;
  readonly parent: Timeline | null;
  /** Last position that is shared with the parent; 0 at the root. */
  readonly base: number;
  /** When the durability rule was met and the writer knew: the entry is visible and acknowledged from then. */
  readonly durableAt = new Series();
  /** What transactions wrote here. */
  readonly rows = new RowVersions();
  readonly #entries = new LogEntries();
  /** Positions of the versions of each key, of the first `#indexed` entries: only those who read have a use for it. */
  readonly #versions = new Map<number, number[]>();
  #indexed = 0;

  /** `owner`: the database within which it is numbered. */
  constructor(id: number, parent: Timeline | null, base: number, owner = parent?.owner ?? '') {
    this.owner = owner;
    this.id = id;
    this.parent = parent;
    this.base = base;
  }

  get #ancestor(): Timeline {
    if (!this.parent) throw new Error(`timeline ${this.id} has no entry at or before ${this.base}`);
    return this.parent;
  }

  /** Newest position. */
  get head(): number {
    return this.base + this.#entries.count;
  }

  /** Whether it is known of every entry when it is durable. */
  get isAllDurable(): boolean {
    return this.durableAt.length === this.#entries.count;
  }

  /** When the newest entry of its own is on the writer's own volume; 0 when there is none. */
  get lastFlushedAtUs(): number {
    const { count } = this.#entries;
    return count === 0 ? 0 : this.#entries.flushedAtUs(count - 1);
  }

  /** The writer's own volume holds it from `flushedAtUs` on, which is `atUs` for a shared volume. Returns its position. */
  append(key: number, op: number, atUs: number, flushedAtUs: number): number {
    this.#entries.add(atUs, flushedAtUs, op, key);
    return this.head;
  }

  op(lsn: number): number {
    return lsn > this.base ? this.#entries.op(lsn - this.base - 1) : this.#ancestor.op(lsn);
  }

  key(lsn: number): number {
    return lsn > this.base ? this.#entries.key(lsn - this.base - 1) : this.#ancestor.key(lsn);
  }

  appendedAtUs(lsn: number): number {
    return lsn > this.base ? this.#entries.appendedAtUs(lsn - this.base - 1) : this.#ancestor.appendedAtUs(lsn);
  }

  flushedAtUs(lsn: number): number {
    return lsn > this.base ? this.#entries.flushedAtUs(lsn - this.base - 1) : this.#ancestor.flushedAtUs(lsn);
  }

  /** Infinity while it is not durable. Entries that came over from a parent are durable since the fork. */
  durableAtUs(lsn: number): number {
    if (lsn <= this.base) return this.#ancestor.durableAtUs(lsn);
    const index = lsn - this.base - 1;
    return index < this.durableAt.length ? this.durableAt.at(index) : Number.POSITIVE_INFINITY;
  }

  /** Newest position whose entry is durable at `atUs`. What was inherited counts as durable. */
  durableHead(atUs: number): number {
    return this.base + this.durableAt.countUpTo(atUs);
  }

  /** Newest position that the writer's own volume holds at `atUs`. */
  flushedHead(atUs: number): number {
    return this.base + this.#entries.flushedBy(atUs);
  }

  appendedHead(atUs: number): number {
    return this.base + this.#entries.appendedBy(atUs);
  }

  /** Position of the newest version of `key` at or before `lsn`; 0 when it was never written. */
  versionAt(key: number, lsn: number): number {
    if (lsn > this.base) {
      const versions = this.#versionsByKey().get(key);
      const count = versions ? countUpTo(versions, lsn) : 0;
      if (versions && count > 0) return versions[count - 1] as number;
    }
    return this.parent ? this.parent.versionAt(key, Math.min(lsn, this.base)) : 0;
  }

  /** Every key that was written in this history, and in those it goes back to. */
  keys(): ReadonlySet<number> {
    return new Set([...this.#versionsByKey().keys(), ...(this.parent?.keys() ?? [])]);
  }

  /** Position of the first version of `key` after `lsn`; 0 when there is none. */
  versionAfter(key: number, lsn: number): number {
    if (this.parent && lsn < this.base) {
      const inherited = this.parent.versionAfter(key, lsn);
      if (inherited !== 0 && inherited <= this.base) return inherited;
    }
    const versions = this.#versionsByKey().get(key);
    return versions?.[countUpTo(versions, lsn)] ?? 0;
  }

  /** Forget entries after `lsn`: they were never flushed anywhere. */
  truncate(lsn: number): void {
    const keep = Math.max(0, lsn - this.base);
    for (; this.#indexed > keep; this.#indexed--) this.#versions.get(this.#entries.key(this.#indexed - 1))?.pop();
    this.#entries.truncate(keep);
    this.durableAt.truncate(keep);
    this.rows.truncate(lsn);
  }

  /** Up to the newest entry. */
  #versionsByKey(): ReadonlyMap<number, readonly number[]> {
    const { count } = this.#entries;
    for (; this.#indexed < count; this.#indexed++) {
      const key = this.#entries.key(this.#indexed);
      const lsn = this.base + this.#indexed + 1;
      const versions = this.#versions.get(key);
      if (versions) versions.push(lsn);
      else this.#versions.set(key, [lsn]);
    }
    return this.#versions;
  }

  /** Newest position at or before `lsn` of `other` that both histories have in common. */
  sharedWith(other: Timeline, lsn: number): number {
    if (other === this) return lsn;
    let held = lsn;
    for (let branch: Timeline | null = other; branch; held = Math.min(held, branch.base), branch = branch.parent) {
      let limit = Number.POSITIVE_INFINITY;
      for (let trunk: Timeline | null = this; trunk; limit = Math.min(limit, trunk.base), trunk = trunk.parent) {
        if (trunk === branch) return Math.min(held, limit);
      }
    }
    return 0;
  }

  /** Whether `lsn` of `other` is part of this history. */
  contains(other: Timeline, lsn: number): boolean {
    for (let timeline: Timeline | null = this, limit = Number.POSITIVE_INFINITY; timeline; timeline = timeline.parent) {
      if (timeline === other) return lsn <= limit;
      limit = Math.min(limit, timeline.base);
    }
    return false;
  }
}

/** How many of some rising positions are at most `lsn`. */
function countUpTo(positions: readonly number[], lsn: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] as number) <= lsn) low = middle + 1;
    else high = middle;
  }
  return low;
}
