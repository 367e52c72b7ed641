import type { Site } from '../network/site.ts';
import type { Node } from '../nodes/node.ts';
import { Series } from './series.ts';
import { Timeline } from './timeline.ts';

/** A version of an item in the journal. */
export interface JournalVersion {
  readonly origin: JournalMember;
  readonly lsn: number;
  /** Orders versions of one item: a Region writes an item only when it has the version before. */
  readonly sequence: number;
}

/**
 * A member of a multi-Region journal: what it wrote itself, and what it holds of every member's writes. A witness
 * has no node; it holds everything and serves nobody.
 */
export class JournalMember {
  readonly id: string;
  readonly place: number;
  readonly site: Site;
  readonly node: Node | null;
  /** Its own writes. They reach the others in order; those of different members do not wait for one another. */
  readonly log: Timeline;
  /** By member: when each of that member's writes was, or will be, here; shorter than that log while cut off. */
  readonly arrivedAt: readonly Series[];
  /** By member: what it has to hold after a cut before it serves strong operations again. */
  catchUpTo: readonly number[] = [];
  /** It reaches no other member. */
  cutOff = false;
  readonly #sequences = new Series();

  constructor(id: string, place: number, members: number, site: Site, node: Node | null) {
    this.id = id;
    this.place = place;
    this.site = site;
    this.node = node;
    this.log = new Timeline(place + 1, null, 0);
    this.arrivedAt = Array.from({ length: members }, () => new Series());
  }

  append(key: number, op: number, proposedAtUs: number, nowUs: number, sequence: number): number {
    this.#sequences.push(sequence);
    return this.log.append(key, op, proposedAtUs, nowUs);
  }

  /** Forgets own writes that never became durable. */
  truncate(lsn: number): void {
    this.log.truncate(lsn);
    this.#sequences.truncate(lsn);
  }

  /** The version of an item at or before a position of this member's log; null when there is none. */
  versionAt(key: number, lsn: number): JournalVersion | null {
    const found = this.log.versionAt(key, lsn);
    return found === 0 ? null : { origin: this, lsn: found, sequence: this.#sequences.at(found - 1) };
  }

  /** Its place in the journal. */
  sequenceAt(lsn: number): number {
    return this.#sequences.at(lsn - 1);
  }

  /** How many of another member's writes are here at an instant. */
  heldOf(origin: JournalMember, atUs: number): number {
    return (this.arrivedAt[origin.place] as Series).countUpTo(atUs);
  }
}

export function newest(versions: readonly (JournalVersion | null)[]): JournalVersion | null {
  return versions.reduce((a, b) => (a === null || (b !== null && b.sequence > a.sequence) ? b : a), null);
}
