import type { RandomStream, Sampler } from '@faultline/clock';
import { OutstandingWrites } from './outstanding-writes.ts';
import { ProtectionGroup, type RouteTo } from './protection-group.ts';
import { QuorumHolders } from './quorum-holders.ts';
import type { Segment, SegmentRoute } from './segment.ts';
import type { QuorumSizes } from './segment-quorum.ts';
import type { Timeline } from './timeline.ts';
import type { Durability } from './writer-log.ts';

const NEVER = Number.POSITIVE_INFINITY;

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
  readonly #groups: readonly ProtectionGroup[];
  readonly #writeQuorum: number;
  readonly #persist: Sampler;
  readonly #random: RandomStream;
  readonly #outstanding: OutstandingWrites;
  #timeline: Timeline;
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
    const { segments, sizes, routeTo } = options;
    this.segments = segments;
    const membersOf = (shard: number) => segments.filter((segment) => segment.shard === shard);
    const groups: ProtectionGroup[] = [];
    for (let shard = 0; shard < options.shards; shard++)
      groups.push(new ProtectionGroup(membersOf(shard), sizes, routeTo));
    this.#groups = groups;
    this.#outstanding = new OutstandingWrites(Math.max(...this.#groups.map((group) => group.segments.length)));
    this.#writeQuorum = sizes.write;
    this.#persist = options.persist;
    this.#random = options.random;
    this.#timeline = options.timeline;
    const { observed } = options;
    this.holders = observed ? new QuorumHolders(this.#outstanding, (shard) => this.#group(shard).segments) : null;
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
    for (const group of this.#groups) group.moveTo(routeTo);
    this.#outstanding.clear(timeline.head + 1);
    this.#writerEpoch = this.#epoch;
    this.#sending = true;
  }

  appended(lsn: number, atUs: number, key: number): void {
    const shard = key % this.#groups.length;
    const group = this.#group(shard);
    this.#forget(atUs);
    this.#outstanding.add(lsn, shard);
    for (let place = 0; place < group.segments.length; place++)
      if (group.accepts(place, this.#writerEpoch)) this.#send(place, group.routes[place] as SegmentRoute, atUs);
  }

  isInSight(key: number): boolean {
    return this.#group(key % this.#groups.length).acceptsWrites(this.#writerEpoch);
  }

  /** Infinity while a quorum is not in sight; 0 for what has been durable for some time. */
  durableAtUs(lsn: number): number {
    const outstanding = this.#outstanding;
    if (!outstanding.has(lsn)) return 0;
    const ackedAtUs = outstanding.ackedByUs(lsn, this.#writeQuorum);
    const { fullPlaces } = this.#group(outstanding.shard(lsn));
    return fullPlaces.length === 0 ? ackedAtUs : Math.min(ackedAtUs, outstanding.ackedByAllUs(lsn, fullPlaces));
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
      const group = this.#group(this.#outstanding.shard(lsn));
      group.segments.forEach((segment, place) => {
        if (!group.accepts(place, this.#writerEpoch)) this.#withdraw(lsn, place, segment, nowUs);
        else if (this.#sending && this.#outstanding.ackedAtUs(lsn, place) === NEVER)
          this.#resend(lsn, place, group.routes[place] as SegmentRoute, nowUs);
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
      const place = this.#group(this.#outstanding.shard(lsn)).segments.indexOf(segment);
      if (place >= 0) this.#outstanding.set(lsn, place, NEVER, NEVER);
    }
    segment.up = true;
    segment.epoch = this.#epoch;
  }

  /** Whether every protection group has a quorum of working segments that `reaches`. */
  hasQuorum(kind: 'read' | 'write', reaches: Reaches): boolean {
    return this.#groups.every((_, shard) => this.hasShardQuorum(shard, kind, reaches));
  }

  hasShardQuorum(shard: number, kind: 'read' | 'write', reaches: Reaches): boolean {
    return this.#group(shard).hasQuorum(kind, (segment) => segment.up && reaches(segment));
  }

  /**
   * The point to which a recovering writer can rebuild the log from a read quorum: entries with a write
   * quorum, and those after them without a gap that the segments it reads happen to hold.
   */
  recoverableHead(nowUs: number, reaches: Reaches): number {
    let head = this.#timeline.durableHead(nowUs);
    while (this.#outstanding.has(head + 1)) {
      const lsn = head + 1;
      const isHeld = this.#group(this.#outstanding.shard(lsn)).segments.some(
        (segment, place) => segment.up && reaches(segment) && this.#outstanding.arrivesAtUs(lsn, place) <= nowUs,
      );
      if (!isHeld) break;
      head = lsn;
    }
    return head;
  }

  /** The newest write goes to the segment at `place`. */
  #send(place: number, { out, back }: SegmentRoute, atUs: number): void {
    const random = this.#random;
    const arrivesAtUs = atUs + out.latencyUs(random) + this.#persist(random);
    this.#outstanding.setNewest(place, arrivesAtUs, arrivesAtUs + back.latencyUs(random));
  }

  #resend(lsn: number, place: number, { out, back }: SegmentRoute, nowUs: number): void {
    const known = this.#outstanding.arrivesAtUs(lsn, place);
    const seenAtUs = nowUs + out.latencyUs(this.#random) + (known <= nowUs ? 0 : this.#persist(this.#random));
    this.#outstanding.set(lsn, place, Math.min(known, seenAtUs), seenAtUs + back.latencyUs(this.#random));
  }

  /** Takes back what will not happen: an arrival to come, and an acknowledgement by a segment that is lost. */
  #withdraw(lsn: number, place: number, segment: Segment, nowUs: number): void {
    const arrivesAtUs = this.#outstanding.arrivesAtUs(lsn, place);
    const ackedAtUs = this.#outstanding.ackedAtUs(lsn, place);
    const isHeard = segment.up && ackedAtUs <= nowUs;
    this.#outstanding.set(lsn, place, arrivesAtUs <= nowUs ? arrivesAtUs : NEVER, isHeard ? ackedAtUs : NEVER);
  }

  #group(shard: number): ProtectionGroup {
    return this.#groups[shard] as ProtectionGroup;
  }

  /** Drops entries that are durable at `nowUs`. */
  #forget(nowUs: number): void {
    this.holders?.note(this.#timeline, nowUs);
    this.#outstanding.forgetUpTo(this.#timeline.durableHead(nowUs));
  }
}
