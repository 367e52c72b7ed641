import type { Site } from '../network/site.ts';
import type { Exchange } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { smallest } from './copies-durability.ts';
import { Series } from './series.ts';
import { Timeline } from './timeline.ts';

/** A member of the journal; a witness has no node and serves nobody. */
export interface Member {
  readonly id: string;
  readonly site: Site;
  readonly node: Node | null;
  /** When each entry of the journal was, or will be, here; shorter than the journal while the member is cut off. */
  readonly arrivedAt: Series;
  /** It reaches no other member. */
  cutOff: boolean;
  /** Position that it has to hold after a cut before it serves strong operations again. */
  catchUpTo: number;
}

export function member(id: string, site: Site, node: Node | null): Member {
  return { id, site, node, arrivedAt: new Series(), cutOff: false, catchUpTo: 0 };
}

/** What the journal has to know of the world. */
export interface JournalWays {
  readonly nowUs: number;
  isUp(one: Member): boolean;
  talk(a: Member, b: Member): boolean;
  /** Draws the time of one message. */
  oneWayUs(from: Member, to: Member): number;
  /** Draws the local part of a commit. */
  commitUs(): number;
}

/** A write whose client has no answer yet. `exchange` is null when nobody waits. */
interface Proposal {
  lsn: number;
  answerAtUs: number;
  readonly key: number;
  readonly op: number;
  readonly origin: Member;
  readonly exchange: Exchange | null;
  readonly proposedAtUs: number;
  readonly serviceUs: number;
}

/**
 * One log over several Regions. An entry is durable once `acks` members beside its origin hold it; what was not when
 * its origin lost all others is not in the log. Members take entries in order, so a member that was cut off takes
 * over what it missed before anything new.
 *
 * Arrivals are computed when an entry is proposed. When the ways between members change, all that has not arrived is
 * void and sent again: nothing at or before the present ever changes.
 */
export class Journal {
  readonly timeline = new Timeline(1, null, 0);
  readonly members: readonly Member[];
  readonly #ways: JournalWays;
  readonly #acks: number;
  readonly #catchUpGapUs: number;
  /** Place in `members` of each entry's origin. */
  readonly #origins = new Series();
  #proposals: Proposal[] = [];
  #shape = '';

  constructor(members: readonly Member[], acks: number, catchUpPerSecond: number, ways: JournalWays) {
    this.members = members;
    this.#acks = acks;
    this.#catchUpGapUs = 1_000_000 / catchUpPerSecond;
    this.#ways = ways;
    this.#shape = this.#shapeNow();
  }

  /** Members other than `one` that it reaches. */
  peers(one: Member): readonly Member[] {
    return this.members.filter((peer) => peer !== one && this.#ways.isUp(one) && this.#ways.isUp(peer) && this.#ways.talk(one, peer));
  }

  /** Takes a write at a member that is not cut off, and answers its client when it is durable. */
  propose(origin: Member, key: number, op: number, exchange: Exchange | null, serviceUs: number): void {
    const { nowUs } = this.#ways;
    this.#proposals = this.#proposals.filter((proposal) => proposal.answerAtUs > nowUs);
    const proposal: Proposal = { lsn: 0, answerAtUs: 0, key, op, origin, exchange, proposedAtUs: nowUs, serviceUs };
    this.#append(proposal);
    this.#proposals.push(proposal);
  }

  /** Ids of the members that hold an entry at an instant. */
  holders(lsn: number, atUs: number): readonly string[] {
    return this.members.filter((one) => one.arrivedAt.countUpTo(atUs) >= lsn).map((one) => one.id);
  }

  /** Whether another member's newest write to `key`, durable or on its way, has not arrived at `origin`. */
  conflicts(origin: Member, key: number): boolean {
    const lsn = this.timeline.versionAt(key, this.timeline.head);
    if (lsn === 0 || this.members[this.#origins.at(lsn - 1)] === origin) return false;
    return lsn > origin.arrivedAt.countUpTo(this.#ways.nowUs);
  }

  catchesUp(one: Member): boolean {
    return one.arrivedAt.countUpTo(this.#ways.nowUs) < one.catchUpTo;
  }

  /** Newest durable entry that a member holds. */
  visibleAt(one: Member): number {
    const { nowUs } = this.#ways;
    return Math.min(one.arrivedAt.countUpTo(nowUs), this.timeline.durableHead(nowUs));
  }

  /** When a member will hold everything that is durable now. */
  holdsDurableAtUs(one: Member): number {
    const durable = this.timeline.durableHead(this.#ways.nowUs);
    return durable === 0 ? 0 : one.arrivedAt.at(durable - 1);
  }

  /** Members or the ways between them may have changed. */
  refresh(): void {
    const shape = this.#shapeNow();
    if (shape === this.#shape) return;
    this.#shape = shape;
    const { nowUs } = this.#ways;
    const durable = this.timeline.durableHead(nowUs);
    this.timeline.truncate(durable);
    this.#origins.truncate(durable);
    for (const one of this.members) {
      one.arrivedAt.truncate(Math.min(durable, one.arrivedAt.countUpTo(nowUs)));
      one.catchUpTo = Math.min(one.catchUpTo, durable);
      const peers = this.peers(one);
      if (peers.length > 0) this.#resend(one, peers);
      one.cutOff = peers.length === 0;
    }
    this.#reconsiderProposals(durable);
  }

  /** A member takes over what it lacks, at a rate; one that was cut off serves nothing strong until it has. */
  #resend(one: Member, peers: readonly Member[]): void {
    const durable = this.timeline.head;
    if (one.cutOff) one.catchUpTo = durable;
    if (one.arrivedAt.length === durable) return;
    const firstUs = this.#ways.nowUs + Math.min(...peers.map((peer) => this.#ways.oneWayUs(peer, one)));
    for (let place = 0; one.arrivedAt.length < durable; place++) {
      one.arrivedAt.push(Math.max(one.arrivedAt.last(0), firstUs + Math.floor(place * this.#catchUpGapUs)));
    }
  }

  /**
   * What was on its way: entries of a member that reaches nobody now are not in the journal, and its clients hear
   * nothing, not even of those that are. All others are sent again.
   */
  #reconsiderProposals(durable: number): void {
    const { nowUs } = this.#ways;
    const pending = this.#proposals.filter((proposal) => proposal.answerAtUs > nowUs);
    this.#proposals = [];
    for (const proposal of pending) {
      const { lsn, origin, exchange } = proposal;
      if (origin.cutOff) {
        if (exchange && lsn > durable) exchange.appended = null;
        exchange?.hold();
        continue;
      }
      if (lsn > durable) this.#append(proposal);
      this.#proposals.push(proposal);
    }
  }

  #append(proposal: Proposal): void {
    const { origin, exchange, key, op, proposedAtUs, serviceUs } = proposal;
    const { timeline, members } = this;
    const { nowUs } = this.#ways;
    const lsn = timeline.append(key, op, proposedAtUs, nowUs);
    this.#origins.push(members.indexOf(origin));
    proposal.lsn = lsn;
    this.#spread(origin, lsn);
    const others = members.filter((one) => one !== origin && one.arrivedAt.length >= lsn);
    const heldAtUs = Math.max(origin.arrivedAt.at(lsn - 1), smallest(others.map((one) => one.arrivedAt.at(lsn - 1)), this.#acks));
    const durableAtUs = Math.max(timeline.durableAt.last(0), heldAtUs);
    timeline.durableAt.push(durableAtUs);
    const backUs = Math.min(...this.peers(origin).map((peer) => this.#ways.oneWayUs(peer, origin)));
    proposal.answerAtUs = durableAtUs + backUs + serviceUs;
    if (!exchange) return;
    exchange.appended = { timeline: timeline.id, lsn, atUs: proposedAtUs };
    exchange.replyAt(proposal.answerAtUs, { lsn, timeline: timeline.id, committedAtUs: proposedAtUs });
  }

  #spread(origin: Member, lsn: number): void {
    const writtenAtUs = this.#ways.nowUs + this.#ways.commitUs();
    for (const one of this.members) {
      if (one.cutOff || one.arrivedAt.length !== lsn - 1) continue;
      const travelUs = one === origin ? 0 : this.#travelUs(origin, one);
      one.arrivedAt.push(Math.max(one.arrivedAt.last(0), writtenAtUs + travelUs));
    }
  }

  /** Direct, or through a third member when the direct way is cut. */
  #travelUs(from: Member, to: Member): number {
    if (this.#ways.talk(from, to)) return this.#ways.oneWayUs(from, to);
    const relay = this.peers(from).find((third) => this.#ways.talk(third, to));
    if (!relay) throw new Error(`${to.id} is not cut off, but there is no way to it from ${from.id}`);
    return this.#ways.oneWayUs(from, relay) + this.#ways.oneWayUs(relay, to);
  }

  /** Who is up, and who talks with whom. */
  #shapeNow(): string {
    return this.members.map((one) => `${one.id}:${this.peers(one).map((peer) => peer.id)}`).join(' ');
  }
}
