import type { RandomStream, Sampler } from '@faultline/clock';
import { OutstandingWrites } from './outstanding-writes.ts';
import { QuorumHolders } from './quorum-holders.ts';
import type { Segment, SegmentRoute } from './segment.ts';
import { fullPlaces, isQuorum, type QuorumSizes } from './segment-quorum.ts';
import type { Timeline } from './timeline.ts';
import type { Durability } from './writer-log.ts';

const NEVER = Number.POSITIVE_INFINITY;

type RouteTo = (segment: Segment) => SegmentRoute;
type Reaches = (segment: Segment) => boolean;

/**
 * A volume of protection groups (shards) with a write quorum each, after Verbitski et al., "Amazon Aurora: On
 * Avoiding Distributed Consensus for I/Os, Commits, and Membership Changes" (SIGMOD 2018).
 *
 * Only entries without a quorum are kept here. Those that have one are durable, and segments that missed them
 * fill the gap from their peers (gossip), so that an entry below the durable point can be read from any
 * segment that works. Each segment refuses a writer whose epoch is older than the one it has heard of: as a
 * raised epoch is on a write quorum, a former writer finds no quorum any more, whichever segments it reaches.
 */
export class SharedVolume implements Durability {
  readonly segments: readonly Segment[];
  readonly #shards: readonly (readonly Segment[])[];
  readonly #fullPlaces: readonly (readonly number[])[];
  readonly #sizes: QuorumSizes;
  readonly #persist: Sampler;
  readonly #random: RandomStream;
  readonly #outstanding: OutstandingWrites;
  #timeline: Timeline;
  /** By protection group, then by place in it. */
  #routes: readonly (readonly SegmentRoute[])[];
  /** The epoch of the present writer, and the newest of the volume. */
  #writerEpoch = 1;
  #epoch = 1;
  /** Null when nobody watches. */
  readonly holders: QuorumHolders | null;
  /** False from the end of the writer's process to the next writer: nobody sends again what was lost. */
  #sending = true;

  constructor(options: {
    readonly segments: readonly Segment[];
    readonly shards: number;
    readonly sizes: QuorumSizes;
    readonly persist: Sampler;
    readonly random: RandomStream;
    readonly timeline: Timeline;
    readonly routeTo: RouteTo;
    readonly observed: boolean;
  }) {
    this.segments = options.segments;
    this.#shards = Array.from({ length: options.shards }, (_, shard) =>
      options.segments.filter((segment) => segment.shard === shard),
    );
    this.#outstanding = new OutstandingWrites(Math.max(...this.#shards.map((members) => members.length)));
    this.#fullPlaces = this.#shards.map(fullPlaces);
    this.#sizes = options.sizes;
    this.holders = options.observed ? new QuorumHolders(this.#outstanding, (shard) => this.#members(shard)) : null;
    this.#persist = options.persist;
    this.#random = options.random;
    this.#timeline = options.timeline;
    this.#routes = this.#shards.map((members) => members.map(options.routeTo));
  }

  /** Raised by every recovery; storage refuses writes that carry an older one. */
  get epoch(): number {
    return this.#epoch;
  }

  get writerEpoch(): number {
    return this.#writerEpoch;
  }

  /** A writer opens the volume with the newest epoch: its log goes on from the recovered point. */
  moveTo(timeline: Timeline, routeTo: RouteTo): void {
    this.#timeline = timeline;
    this.#routes = this.#shards.map((members) => members.map(routeTo));
    this.#outstanding.clear(timeline.head + 1);
    this.#writerEpoch = this.#epoch;
    this.#sending = true;
  }

  appended(lsn: number, atUs: number): void {
    const shard = this.#timeline.key(lsn) % this.#shards.length;
    this.#forget(atUs);
    this.#outstanding.add(lsn, shard);
    const members = this.#members(shard);
    for (let place = 0; place < members.length; place++) {
      const route = this.#route(shard, place);
      if (!this.#accepts(members[place] as Segment, route)) continue;
      const arrivesAtUs = atUs + route.out.latencyUs() + this.#persist(this.#random);
      this.#outstanding.set(lsn, place, arrivesAtUs, arrivesAtUs + route.back.latencyUs());
    }
  }

  isInSight(key: number): boolean {
    const shard = key % this.#shards.length;
    const members = this.#members(shard);
    let accepting = 0;
    for (let place = 0; place < members.length; place++)
      if (this.#accepts(members[place] as Segment, this.#route(shard, place))) accepting++;
    if (accepting >= this.#sizes.write) return true;
    const fulls = this.#fullPlaces[shard] as readonly number[];
    return (
      fulls.length > 0 && fulls.every((place) => this.#accepts(members[place] as Segment, this.#route(shard, place)))
    );
  }

  /** Infinity while a quorum is not in sight; 0 for what has been durable for some time. */
  durableAtUs(lsn: number): number {
    if (!this.#outstanding.has(lsn)) return 0;
    const fulls = this.#fullPlaces[this.#outstanding.shard(lsn)] as readonly number[];
    return Math.min(this.#outstanding.ackedByUs(lsn, this.#sizes.write), this.#outstanding.ackedByAllUs(lsn, fulls));
  }

  /** The writer's process ended: what it has sent still arrives, but nobody hears an acknowledgement. */
  senderStopped(nowUs: number): void {
    this.#forget(nowUs);
    this.#sending = false;
    this.#timeline.durableAt.truncate(this.#timeline.durableHead(nowUs) - this.#timeline.base);
  }

  /** A segment, its site or the way to it changed: what is under way to it is lost; what it can still get is sent again. */
  reconsider(nowUs: number): void {
    this.#forget(nowUs);
    for (let lsn = this.#outstanding.firstLsn; lsn < this.#outstanding.endLsn; lsn++) {
      const shard = this.#outstanding.shard(lsn);
      this.#members(shard).forEach((segment, place) => {
        const route = this.#route(shard, place);
        if (!this.#accepts(segment, route)) this.#withdraw(lsn, place, segment, nowUs);
        else if (this.#sending && this.#outstanding.ackedAtUs(lsn, place) === NEVER)
          this.#resend(lsn, place, route, nowUs);
      });
    }
  }

  /** Segments that `reaches` are told a new epoch, which shuts out the present writer. Needs a write quorum of each protection group. */
  raiseEpoch(nowUs: number, reaches: Reaches): void {
    this.#epoch++;
    for (const segment of this.segments) if (segment.up && reaches(segment)) segment.epoch = this.#epoch;
    this.reconsider(nowUs);
  }

  /** A new segment in the place of a lost one has been filled by its peers: it has all that is durable and no more. */
  replace(segment: Segment): void {
    for (let lsn = this.#outstanding.firstLsn; lsn < this.#outstanding.endLsn; lsn++) {
      const place = this.#members(this.#outstanding.shard(lsn)).indexOf(segment);
      if (place >= 0) this.#outstanding.set(lsn, place, NEVER, NEVER);
    }
    segment.up = true;
    segment.epoch = this.#epoch;
  }

  /** Whether every protection group has a quorum of working segments that `reaches`. */
  hasQuorum(kind: 'read' | 'write', reaches: Reaches): boolean {
    return this.#shards.every((_, shard) => this.hasShardQuorum(shard, kind, reaches));
  }

  hasShardQuorum(shard: number, kind: 'read' | 'write', reaches: Reaches): boolean {
    const works = (segment: Segment) => segment.up && reaches(segment);
    return isQuorum(kind, this.#members(shard), works, this.#sizes);
  }

  /**
   * The point to which a recovering writer can rebuild the log from a read quorum: entries with a write
   * quorum, and those after them without a gap that the segments it reads happen to hold.
   */
  recoverableHead(nowUs: number, reaches: Reaches): number {
    let head = this.#timeline.durableHead(nowUs);
    while (this.#outstanding.has(head + 1)) {
      const lsn = head + 1;
      const isHeld = this.#members(this.#outstanding.shard(lsn)).some(
        (segment, place) => segment.up && reaches(segment) && this.#outstanding.arrivesAtUs(lsn, place) <= nowUs,
      );
      if (!isHeld) break;
      head = lsn;
    }
    return head;
  }

  #resend(lsn: number, place: number, { out, back }: SegmentRoute, nowUs: number): void {
    const known = this.#outstanding.arrivesAtUs(lsn, place);
    const seenAtUs = nowUs + out.latencyUs() + (known <= nowUs ? 0 : this.#persist(this.#random));
    this.#outstanding.set(lsn, place, Math.min(known, seenAtUs), seenAtUs + back.latencyUs());
  }

  /** Takes back what will not happen: an arrival to come, and an acknowledgement by a segment that is lost. */
  #withdraw(lsn: number, place: number, segment: Segment, nowUs: number): void {
    const arrivesAtUs = this.#outstanding.arrivesAtUs(lsn, place);
    const ackedAtUs = this.#outstanding.ackedAtUs(lsn, place);
    const isHeard = segment.up && ackedAtUs <= nowUs;
    this.#outstanding.set(lsn, place, arrivesAtUs <= nowUs ? arrivesAtUs : NEVER, isHeard ? ackedAtUs : NEVER);
  }

  #accepts(segment: Segment, { out, back }: SegmentRoute): boolean {
    return segment.up && segment.epoch <= this.#writerEpoch && out.open && back.open;
  }

  #route(shard: number, place: number): SegmentRoute {
    return (this.#routes[shard] as readonly SegmentRoute[])[place] as SegmentRoute;
  }

  #members(shard: number): readonly Segment[] {
    return this.#shards[shard] as readonly Segment[];
  }

  /** Drops entries that are durable at `nowUs`. */
  #forget(nowUs: number): void {
    this.holders?.note(this.#timeline, nowUs);
    this.#outstanding.forgetUpTo(this.#timeline.durableHead(nowUs));
  }
}
