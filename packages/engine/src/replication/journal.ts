import type { Exchange } from '../nodes/exchange.ts';
import { smallest } from './copies-durability.ts';
import { type JournalMember, type JournalVersion, newest } from './journal-member.ts';
import type { Series } from './series.ts';

/** What the journal has to know of the world. */
export interface JournalWays {
  readonly nowUs: number;
  isUp(one: JournalMember): boolean;
  talk(a: JournalMember, b: JournalMember): boolean;
  /** Draws the time of one message. */
  oneWayUs(from: JournalMember, to: JournalMember): number;
  /** Draws the local part of a commit. */
  commitUs(): number;
}

/** A write whose client has no answer yet. `exchange` is null when nobody waits. */
interface Proposal {
  lsn: number;
  answerAtUs: number;
  readonly key: number;
  readonly op: number;
  readonly origin: JournalMember;
  readonly exchange: Exchange | null;
  readonly proposedAtUs: number;
  readonly serviceUs: number;
}

/**
 * Writes of several Regions, each held by more than one. An entry is durable once `acks` members beside its origin
 * hold it; what was not when its origin lost all others is not in the journal.
 *
 * Arrivals are computed when an entry is proposed. When the ways between members change, all that has not arrived is
 * void and sent again: nothing at or before the present ever changes.
 */
export class Journal {
  readonly members: readonly JournalMember[];
  readonly #ways: JournalWays;
  readonly #acks: number;
  readonly #catchUpGapUs: number;
  #proposals: Proposal[] = [];
  #sequence = 0;
  #shape: string;

  constructor(members: readonly JournalMember[], acks: number, catchUpPerSecond: number, ways: JournalWays) {
    this.members = members;
    this.#acks = acks;
    this.#catchUpGapUs = 1_000_000 / catchUpPerSecond;
    this.#ways = ways;
    this.#shape = this.#shapeNow();
  }

  /** Members other than `one` that it reaches. */
  peers(one: JournalMember): readonly JournalMember[] {
    const ways = this.#ways;
    return ways.isUp(one) ? this.members.filter((peer) => peer !== one && ways.isUp(peer) && ways.talk(one, peer)) : [];
  }

  /** Takes a write at a member that is not cut off, and answers its client when it is durable. */
  propose(origin: JournalMember, key: number, op: number, exchange: Exchange | null, serviceUs: number): void {
    const { nowUs } = this.#ways;
    this.#proposals = this.#proposals.filter((proposal) => proposal.answerAtUs > nowUs);
    const proposal: Proposal = { lsn: 0, answerAtUs: 0, key, op, origin, exchange, proposedAtUs: nowUs, serviceUs };
    this.#append(proposal);
    this.#proposals.push(proposal);
  }

  /** Ids of the members that hold an entry of `origin` at an instant. */
  holders(origin: JournalMember, lsn: number, atUs: number): readonly string[] {
    return this.members.filter((one) => one.heldOf(origin, atUs) >= lsn).map((one) => one.id);
  }

  /** Whether another member's newest write to `key`, durable or on its way, has not arrived here. */
  conflicts(here: JournalMember, key: number): boolean {
    const { nowUs } = this.#ways;
    return this.members.some(
      (origin) => origin !== here && origin.log.versionAt(key, origin.log.head) > here.heldOf(origin, nowUs),
    );
  }

  /** The newest durable version of an item. */
  latest(key: number): JournalVersion | null {
    const { nowUs } = this.#ways;
    return newest(this.members.map((origin) => origin.versionAt(key, origin.log.durableHead(nowUs))));
  }

  /** The newest durable version that a member holds. */
  visible(here: JournalMember, key: number): JournalVersion | null {
    return newest(this.members.map((origin) => origin.versionAt(key, this.visibleHead(here, origin))));
  }

  /** Newest durable entry of `origin` that a member holds. */
  visibleHead(here: JournalMember, origin: JournalMember): number {
    const { nowUs } = this.#ways;
    return Math.min(here.heldOf(origin, nowUs), origin.log.durableHead(nowUs));
  }

  catchesUp(one: JournalMember): boolean {
    const { nowUs } = this.#ways;
    return one.catchUpTo.some((goal, place) => (one.arrivedAt[place] as Series).countUpTo(nowUs) < goal);
  }

  /** When a member that is not cut off will hold everything that is durable now. */
  holdsDurableAtUs(one: JournalMember): number {
    const { nowUs } = this.#ways;
    return Math.max(
      0,
      ...this.members.map(({ log, place }) => {
        const durable = log.durableHead(nowUs);
        return durable === 0 ? 0 : (one.arrivedAt[place] as Series).at(durable - 1);
      }),
    );
  }

  /** Members or the ways between them may have changed. */
  refresh(): void {
    const shape = this.#shapeNow();
    if (shape === this.#shape) return;
    this.#shape = shape;
    const { nowUs } = this.#ways;
    const durable = this.members.map(({ log }) => log.durableHead(nowUs));
    for (const one of this.members) {
      one.truncate(durable[one.place] as number);
      one.arrivedAt.forEach((column, place) => {
        column.truncate(Math.min(durable[place] as number, column.countUpTo(nowUs)));
      });
      one.catchUpTo = one.catchUpTo.map((goal, place) => Math.min(goal, durable[place] as number));
    }
    for (const one of this.members) this.#reconnect(one, durable);
    this.#reconsiderProposals(durable);
  }

  /** A member that reaches another takes over what it lacks, at a rate; after a cut it serves nothing strong until it has. */
  #reconnect(one: JournalMember, durable: readonly number[]): void {
    const peers = this.peers(one);
    const wasCutOff = one.cutOff;
    one.cutOff = peers.length === 0;
    if (one.cutOff) return;
    if (wasCutOff) one.catchUpTo = durable;
    const firstUs = this.#ways.nowUs + Math.min(...peers.map((peer) => this.#ways.oneWayUs(peer, one)));
    let sent = 0;
    one.arrivedAt.forEach((column, place) => {
      while (column.length < (durable[place] as number)) {
        column.push(Math.max(column.last(0), firstUs + Math.floor(sent++ * this.#catchUpGapUs)));
      }
    });
  }

  /**
   * What was on its way: entries of a member that reaches nobody now are not in the journal, and its clients hear
   * nothing, not even of those that are. All others are sent again.
   */
  #reconsiderProposals(durable: readonly number[]): void {
    const { nowUs } = this.#ways;
    const pending = this.#proposals.filter((proposal) => proposal.answerAtUs > nowUs);
    this.#proposals = [];
    for (const proposal of pending) {
      const { lsn, origin, exchange } = proposal;
      const isDurable = lsn <= (durable[origin.place] as number);
      if (origin.cutOff) {
        if (exchange && !isDurable) exchange.appended = null;
        exchange?.hold();
        continue;
      }
      if (!isDurable) this.#append(proposal);
      this.#proposals.push(proposal);
    }
  }

  #append(proposal: Proposal): void {
    const { origin, exchange, key, op, proposedAtUs, serviceUs } = proposal;
    const { log } = origin;
    const lsn = origin.append(key, op, proposedAtUs, this.#ways.nowUs, ++this.#sequence);
    proposal.lsn = lsn;
    this.#spread(origin, lsn);
    const arrival = (one: JournalMember) => {
      const column = one.arrivedAt[origin.place] as Series;
      return column.length >= lsn ? column.at(lsn - 1) : Number.POSITIVE_INFINITY;
    };
    const others = this.members.filter((one) => one !== origin).map(arrival);
    const durableAtUs = Math.max(log.durableAt.last(0), arrival(origin), smallest(others, this.#acks));
    log.durableAt.push(durableAtUs);
    const backUs = Math.min(...this.peers(origin).map((peer) => this.#ways.oneWayUs(peer, origin)));
    proposal.answerAtUs = durableAtUs + backUs + serviceUs;
    if (!exchange) return;
    exchange.appended = { timeline: log.id, lsn, atUs: proposedAtUs };
    exchange.replyAt(proposal.answerAtUs, { lsn, timeline: log.id, committedAtUs: proposedAtUs });
  }

  #spread(origin: JournalMember, lsn: number): void {
    const writtenAtUs = this.#ways.nowUs + this.#ways.commitUs();
    for (const one of this.members) {
      const column = one.arrivedAt[origin.place] as Series;
      if (one.cutOff || column.length !== lsn - 1) continue;
      const travelUs = one === origin ? 0 : this.#travelUs(origin, one);
      column.push(Math.max(column.last(0), writtenAtUs + travelUs));
    }
  }

  /** Direct, or through a third member when the direct way is cut. */
  #travelUs(from: JournalMember, to: JournalMember): number {
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
