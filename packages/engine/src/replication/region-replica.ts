import type { Node } from '../nodes/node.ts';
import { CopiesDurability } from './copies-durability.ts';
import { Series } from './series.ts';
import type { Stream } from './stream.ts';
import { Timeline } from './timeline.ts';
import { WriterLog } from './writer-log.ts';

/** What one Region receives from another. */
export interface Inbound {
  readonly from: RegionReplica;
  readonly stream: Stream;
}

/** A version of an item: where it was written, and the timestamp that decides against others. */
export interface Version {
  readonly origin: RegionReplica;
  readonly lsn: number;
  readonly stampUs: number;
}

/** One Region's replica of a table that every Region writes: its own log of local writes, and what others sent. */
export class RegionReplica {
  readonly node: Node;
  /** Decides between equal timestamps. */
  readonly rank: number;
  readonly log: WriterLog;
  readonly inbound: Inbound[] = [];
  /** Faults that keep it from sending, and from taking what others send. */
  sendingPaused = 0;
  applyingPaused = 0;
  readonly #clockErrorUs: number;
  readonly #stamps = new Series();

  /** `clockErrorUs`: error of this Region's clock against true time, fixed for the run; `commitUs` draws what a commit takes. */
  constructor(node: Node, rank: number, clockErrorUs: number, commitUs: () => number) {
    this.node = node;
    this.rank = rank;
    this.#clockErrorUs = clockErrorUs;
    const timeline = new Timeline(rank + 1, null, 0);
    this.log = new WriterLog(node, timeline, new CopiesDurability(timeline, 0), commitUs);
  }

  /**
   * Takes a local write. Its timestamp is this Region's clock, but later than all that the Region holds of the item:
   * a strong read has to return the latest write of its own Region, even when that Region's clock is behind (how the
   * service keeps this promise is not published).
   */
  append(key: number, op: number, nowUs: number): Version {
    const stampUs = Math.max(nowUs + this.#clockErrorUs, this.#heldStampUs(key, nowUs) + 1);
    this.#stamps.push(stampUs);
    return { origin: this, lsn: this.log.append(key, op, nowUs), stampUs };
  }

  /** The version at a position of this Region's own log; null for 0. */
  version(lsn: number): Version | null {
    return lsn === 0 ? null : { origin: this, lsn, stampUs: this.#stamps.at(lsn - 1) };
  }

  /** What this Region receives from another one. */
  streamFrom(other: RegionReplica): Stream {
    return (this.inbound.find(({ from }) => from === other) as Inbound).stream;
  }

  /** The newest version of an item that this Region itself wrote, acknowledged or not. */
  newestOwn(key: number): Version | null {
    const { timeline } = this.log;
    return this.version(timeline.versionAt(key, timeline.head));
  }

  /** What a read in this Region finds: the winner among its own durable writes and what has arrived. */
  visible(key: number, nowUs: number): Version | null {
    const { timeline } = this.log;
    const own = this.version(timeline.versionAt(key, timeline.durableHead(nowUs)));
    return newer(own, this.#newestArrived(key, nowUs));
  }

  /** The greatest timestamp that the Region holds of an item, acknowledged or not; -1 when it holds none. */
  #heldStampUs(key: number, nowUs: number): number {
    const { timeline } = this.log;
    let heldUs = this.#stampUs(timeline.versionAt(key, timeline.head));
    for (const { from, stream } of this.inbound) {
      const arrivedUs = from.#stampUs(from.log.timeline.versionAt(key, stream.receivedHead(nowUs)));
      if (arrivedUs > heldUs) heldUs = arrivedUs;
    }
    return heldUs;
  }

  /** Timestamp at a position of this Region's own log; -1 for position 0. */
  #stampUs(lsn: number): number {
    return lsn === 0 ? -1 : this.#stamps.at(lsn - 1);
  }

  /** The winner among the versions that other Regions have sent so far. */
  #newestArrived(key: number, nowUs: number): Version | null {
    let newest: Version | null = null;
    for (const { from, stream } of this.inbound) {
      newest = newer(newest, from.version(from.log.timeline.versionAt(key, stream.receivedHead(nowUs))));
    }
    return newest;
  }
}

function newer(a: Version | null, b: Version | null): Version | null {
  if (a === null || b === null) return a ?? b;
  return beats(b, a) ? b : a;
}

/** The greater timestamp wins; equal ones go by the order of the Regions, so that all Regions decide alike (not published: an assumption). */
export function beats(a: Version, b: Version): boolean {
  return a.stampUs !== b.stampUs ? a.stampUs > b.stampUs : a.origin.rank < b.origin.rank;
}
