import type { RandomStream, Sampler } from '@faultline/clock';
import type { Path } from '../network/path.ts';
import type { Site } from '../network/site.ts';
import { smallest } from './copies-durability.ts';
import type { Timeline } from './timeline.ts';
import type { Durability } from './writer-log.ts';

/** One storage segment: a copy of one protection group in one AZ. */
export interface Segment {
  readonly id: string;
  readonly shard: number;
  readonly site: Site;
  /** Its storage node works. A segment that is down, or new and being filled, takes no part in a quorum. */
  up: boolean;
}

/** An entry that has no quorum yet, with the arrival at each segment of its protection group. */
interface Outstanding {
  readonly lsn: number;
  readonly shard: number;
  readonly arrivesAtUs: number[];
  readonly ackedAtUs: number[];
}

/**
 * A volume of protection groups (shards) with a write quorum each. Only entries without a quorum are kept
 * here: those that have one are durable, and segments that missed them fill the gap from their peers
 * (gossip), so that an entry below the durable point can be read from any complete segment.
 */
export class SharedVolume implements Durability {
  readonly segments: readonly Segment[];
  readonly #shards: readonly (readonly Segment[])[];
  readonly #writeQuorum: number;
  readonly #readQuorum: number;
  readonly #persist: Sampler;
  readonly #random: RandomStream;
  #timeline: Timeline;
  #paths: (segment: Segment) => { readonly out: Path; readonly back: Path };
  #outstanding: Outstanding[] = [];
  /** Raised by every recovery; storage refuses writes that carry an older one. */
  epoch = 1;

  constructor(options: {
    readonly segments: readonly Segment[];
    readonly shards: number;
    readonly writeQuorum: number;
    readonly readQuorum: number;
    readonly persist: Sampler;
    readonly random: RandomStream;
    readonly timeline: Timeline;
    readonly paths: (segment: Segment) => { readonly out: Path; readonly back: Path };
  }) {
    this.segments = options.segments;
    this.#shards = Array.from({ length: options.shards }, (_, shard) => options.segments.filter((segment) => segment.shard === shard));
    this.#writeQuorum = options.writeQuorum;
    this.#readQuorum = options.readQuorum;
    this.#persist = options.persist;
    this.#random = options.random;
    this.#timeline = options.timeline;
    this.#paths = options.paths;
  }

  /** A new writer took over: it sends from somewhere else, and its log goes on from the recovered point. */
  moveTo(timeline: Timeline, paths: (segment: Segment) => { readonly out: Path; readonly back: Path }): void {
    this.#timeline = timeline;
    this.#paths = paths;
    this.#outstanding = [];
  }

  appended(lsn: number, atUs: number): void {
    const shard = this.#timeline.key(lsn) % this.#shards.length;
    const entry: Outstanding = { lsn, shard, arrivesAtUs: [], ackedAtUs: [] };
    for (const segment of this.#members(shard)) this.#send(entry, segment, atUs);
    this.#forget(atUs);
    this.#outstanding.push(entry);
  }

  durableAtUs(lsn: number): number {
    const first = this.#outstanding[0];
    const entry = first && this.#outstanding[lsn - first.lsn];
    if (!entry) return 0;
    return smallest([...entry.ackedAtUs], this.#writeQuorum);
  }

  /** A segment, its site or the way to it changed: what is under way to it is lost; what it can still get is sent again. */
  reconsider(nowUs: number): void {
    this.#forget(nowUs);
    for (const entry of this.#outstanding) {
      this.#members(entry.shard).forEach((segment, place) => {
        const reachable = this.#isReachable(segment);
        if ((entry.ackedAtUs[place] as number) <= nowUs) return;
        if (!reachable) {
          if ((entry.arrivesAtUs[place] as number) > nowUs) entry.arrivesAtUs[place] = Number.POSITIVE_INFINITY;
          entry.ackedAtUs[place] = Number.POSITIVE_INFINITY;
        } else if (entry.ackedAtUs[place] === Number.POSITIVE_INFINITY) this.#resend(entry, segment, place, nowUs);
      });
    }
  }

  /** Whether every protection group has as many working segments that `site` can reach. */
  hasQuorum(kind: 'read' | 'write', reaches: (segment: Segment) => boolean): boolean {
    const needed = kind === 'read' ? this.#readQuorum : this.#writeQuorum;
    return this.#shards.every((members) => members.filter((segment) => segment.up && reaches(segment)).length >= needed);
  }

  /**
   * The point to which a recovering writer can rebuild the log from a read quorum: entries with a write
   * quorum, and those after them without a gap that the segments it reads happen to hold.
   */
  recoverableHead(nowUs: number, reaches: (segment: Segment) => boolean): number {
    let head = this.#timeline.durableHead(nowUs);
    for (const entry of this.#outstanding) {
      if (entry.lsn !== head + 1) continue;
      const held = this.#members(entry.shard).some(
        (segment, place) => segment.up && reaches(segment) && (entry.arrivesAtUs[place] as number) <= nowUs,
      );
      if (!held) break;
      head = entry.lsn;
    }
    return head;
  }

  #send(entry: Outstanding, segment: Segment, atUs: number): void {
    if (!this.#isReachable(segment)) {
      entry.arrivesAtUs.push(Number.POSITIVE_INFINITY);
      entry.ackedAtUs.push(Number.POSITIVE_INFINITY);
      return;
    }
    const { out, back } = this.#paths(segment);
    const arrivesAtUs = atUs + out.latencyUs() + this.#persist(this.#random);
    entry.arrivesAtUs.push(arrivesAtUs);
    entry.ackedAtUs.push(arrivesAtUs + back.latencyUs());
  }

  #resend(entry: Outstanding, segment: Segment, place: number, nowUs: number): void {
    const { out, back } = this.#paths(segment);
    const known = entry.arrivesAtUs[place] as number;
    const arrivesAtUs = known <= nowUs ? nowUs : nowUs + out.latencyUs() + this.#persist(this.#random);
    entry.arrivesAtUs[place] = Math.min(known, arrivesAtUs);
    entry.ackedAtUs[place] = arrivesAtUs + back.latencyUs();
  }

  #isReachable(segment: Segment): boolean {
    if (!segment.up) return false;
    const { out, back } = this.#paths(segment);
    return out.open && back.open;
  }

  #members(shard: number): readonly Segment[] {
    return this.#shards[shard] as readonly Segment[];
  }

  /** Drops entries that are durable at `nowUs`. */
  #forget(nowUs: number): void {
    const durable = this.#timeline.durableHead(nowUs);
    let done = 0;
    while (done < this.#outstanding.length && (this.#outstanding[done] as Outstanding).lsn <= durable) done++;
    if (done > 0) this.#outstanding.splice(0, done);
  }
}
