import type { RandomStream, Sampler } from '@faultline/clock';
import type { JournalReplication } from '@faultline/models';
import type { Site } from '../network/site.ts';
import type { Exchange } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Sample, WriteRequest } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import { lagOf, readAt } from './reading.ts';
import { Series } from './series.ts';
import { Timeline } from './timeline.ts';

/** A member of the journal; a witness has no node and serves nobody. */
interface Member {
  readonly id: string;
  readonly site: Site;
  readonly node: Node | null;
  /** When each entry of the journal was here; shorter than the journal while the member is cut off. */
  readonly arrivedAt: Series;
  cutOff: boolean;
  /** Position that it has to reach after a cut before it serves strong operations again. */
  catchUpTo: number;
}

/** An entry that no second member holds yet: it can still be lost, and its client has no answer. */
interface Proposal {
  lsn: number;
  readonly key: number;
  readonly op: number;
  readonly origin: Member;
  readonly exchange: Exchange;
  readonly proposedAtUs: number;
}

/** Entries per second that a returning member takes over (assumed; the time to catch up is not published). */
const CATCH_UP_PER_SECOND = 20_000;

/**
 * A journal over three Regions. A write is acknowledged when one other member holds it; a write to an item that
 * another Region has written without the writer's Region having it yet is rejected; strong reads go through the
 * journal. Amazon DynamoDB Developer Guide, "How DynamoDB global tables work" (multi-Region strong consistency).
 */
export class JournalPlane implements DataPlane {
  readonly #context: PlaneContext;
  readonly #members: readonly Member[];
  readonly #commit: Sampler;
  readonly #random: RandomStream;
  #proposals: Proposal[] = [];
  #pauses = new Set<string>();
  readonly timeline = new Timeline(1, null, 0);

  constructor(context: PlaneContext, layout: JournalReplication) {
    this.#context = context;
    this.#commit = flushSampler(layout.commit);
    this.#random = context.streams.stream(`${context.database}/commit`);
    const replicas = layout.nodes.map((id) => {
      const node = context.nodes.get(id) as Node;
      return member(id, node.site, node);
    });
    const witnesses = layout.witnesses.map(({ id, region }) => member(id, context.network.site(`${context.database}/${id}`, region, null), null));
    this.#members = [...replicas, ...witnesses];
  }

  write(request: WriteRequest): void {
    const { exchange, node, key, op, serviceUs } = request;
    const origin = this.#member(node);
    const error = this.#refusal(origin) ?? (this.#conflicts(origin, key) ? 'replicated-write-conflict' : null);
    if (error) {
      exchange.replyAt(this.#now + serviceUs, { error });
      return;
    }
    this.#release();
    const proposal: Proposal = { lsn: 0, key, op, origin, exchange, proposedAtUs: this.#now };
    this.#propose(proposal, serviceUs);
    this.#proposals.push(proposal);
  }

  read(request: ReadRequest): void {
    const { exchange, node, key, serviceUs } = request;
    const origin = this.#member(node);
    const now = this.#now;
    if (request.consistency === 'eventual') {
      exchange.replyAt(now + serviceUs, readAt(this.timeline, this.timeline, this.#visibleAt(origin), key, now));
      return;
    }
    const error = this.#refusal(origin);
    if (error) {
      exchange.replyAt(now + serviceUs, { error });
      return;
    }
    const roundTripUs = Math.min(...this.#peers(origin).map((peer) => this.#oneWayUs(origin, peer) + this.#oneWayUs(peer, origin)));
    exchange.replyAt(now + serviceUs + roundTripUs, readAt(this.timeline, this.timeline, this.timeline.durableHead(now), key, now));
  }

  nodeStopped(): void {}

  settle(): void {}

  refresh(): void {
    for (const one of this.#members) {
      const cutOff = !this.#isUp(one) || this.#peers(one).length === 0;
      if (cutOff && !one.cutOff) this.#cutOff(one);
      else if (!cutOff && one.cutOff) this.#rejoin(one);
    }
    this.#release();
    this.#dropLostProposals();
  }

  connected(): boolean | null {
    return null;
  }

  recoveryUs(): number {
    return 0;
  }

  sample(node: Node): Sample | null {
    const own = this.#members.find((candidate) => candidate.node === node);
    if (!own) return null;
    const lag = lagOf(this.timeline, this.timeline, this.#visibleAt(own), this.#now);
    return { lagUs: lag.us, lagEntries: lag.entries, atRiskEntries: 0, atRiskUs: 0 };
  }

  execute(command: PlaneCommand): void {
    throw new Error(`${command.type} does not apply to a multi-Region journal`);
  }

  feed(): null {
    return null;
  }

  onFeedChanged(): void {}

  stallApply(node: string): () => void {
    return this.pauseReplication(node);
  }

  pauseReplication(node: string | null): () => void {
    const paused = this.#members.filter((candidate) => node === null || candidate.id === node).map((candidate) => candidate.id);
    for (const id of paused) this.#pauses.add(id);
    this.refresh();
    return () => {
      for (const id of paused) this.#pauses.delete(id);
      this.refresh();
    };
  }

  addRecoveryWork(): () => void {
    return () => {};
  }

  failSegment(): () => void {
    return () => {};
  }

  corrupt(key: number, op: number): void {
    const origin = this.#members.find((candidate) => candidate.node?.acceptsWrites);
    if (!origin || this.#refusal(origin)) return;
    const lsn = this.timeline.append(key, op, this.#now, this.#now);
    this.#spread(origin, lsn);
    this.timeline.durableAt.push(Math.max(this.timeline.durableAt.last(0), this.#secondCopyAtUs(origin, lsn)));
  }

  /** Appends at the origin, sends to all members, and answers when a second one holds it. */
  #propose(proposal: Proposal, serviceUs: number): void {
    const { origin, exchange, key, op } = proposal;
    proposal.lsn = this.timeline.append(key, op, this.#now, this.#now);
    exchange.appended = { timeline: this.timeline.id, lsn: proposal.lsn, atUs: proposal.proposedAtUs };
    this.#spread(origin, proposal.lsn);
    const durableAtUs = Math.max(this.timeline.durableAt.last(0), this.#secondCopyAtUs(origin, proposal.lsn));
    this.timeline.durableAt.push(durableAtUs);
    const answerUs = durableAtUs + Math.min(...this.#peers(origin).map((peer) => this.#oneWayUs(peer, origin)));
    exchange.replyAt(answerUs + serviceUs, { lsn: proposal.lsn, timeline: this.timeline.id, committedAtUs: proposal.proposedAtUs });
  }

  #spread(origin: Member, lsn: number): void {
    const writtenAtUs = this.#now + this.#commit(this.#random);
    for (const one of this.#members) {
      if (one.cutOff || one.arrivedAt.length !== lsn - 1) continue;
      const travelUs = one === origin ? 0 : this.#relayUs(origin, one);
      one.arrivedAt.push(Math.max(one.arrivedAt.last(0), writtenAtUs + travelUs));
    }
  }

  /** When the entry is at one member beside its origin. */
  #secondCopyAtUs(origin: Member, lsn: number): number {
    let earliestUs = Number.POSITIVE_INFINITY;
    for (const one of this.#members) {
      if (one !== origin && one.arrivedAt.length >= lsn) earliestUs = Math.min(earliestUs, one.arrivedAt.at(lsn - 1));
    }
    return earliestUs;
  }

  /** Direct, or through a third member when the direct way is cut. */
  #relayUs(from: Member, to: Member): number {
    if (this.#talks(from, to)) return this.#oneWayUs(from, to);
    const relay = this.#members.find((third) => third !== from && third !== to && this.#talks(from, third) && this.#talks(third, to));
    return relay ? this.#oneWayUs(from, relay) + this.#oneWayUs(relay, to) : Number.POSITIVE_INFINITY;
  }

  #refusal(origin: Member): string | null {
    if (!origin.node?.writable) return 'unavailable';
    if (origin.cutOff) return 'no-quorum';
    if (this.#catchesUp(origin)) return 'catching-up';
    return null;
  }

  #catchesUp(one: Member): boolean {
    return one.arrivedAt.countUpTo(this.#now) < one.catchUpTo;
  }

  /** Another Region's newest version of the item has not arrived here. */
  #conflicts(origin: Member, key: number): boolean {
    const lsn = this.timeline.versionAt(key, this.timeline.head);
    return lsn > origin.arrivedAt.countUpTo(this.#now) && lsn > 0;
  }

  #visibleAt(one: Member): number {
    return Math.min(one.arrivedAt.countUpTo(this.#now), this.timeline.durableHead(this.#now));
  }

  #cutOff(one: Member): void {
    one.cutOff = true;
    one.arrivedAt.truncate(one.arrivedAt.countUpTo(this.#now));
  }

  #rejoin(one: Member): void {
    one.cutOff = false;
    const firstUs = this.#now + Math.min(...this.#peers(one).map((peer) => this.#oneWayUs(peer, one)));
    const { head } = this.timeline;
    for (let lsn = one.arrivedAt.length + 1, place = 0; lsn <= head; lsn++, place++) {
      one.arrivedAt.push(Math.max(one.arrivedAt.last(0), firstUs + Math.floor((place * 1_000_000) / CATCH_UP_PER_SECOND)));
    }
    one.catchUpTo = head;
  }

  #release(): void {
    const durable = this.timeline.durableHead(this.#now);
    let done = 0;
    while (done < this.#proposals.length && (this.#proposals[done] as Proposal).lsn <= durable) done++;
    if (done > 0) this.#proposals.splice(0, done);
  }

  /**
   * Proposals that were on their way when their origin was cut off never reached a second member: they are not in
   * the journal, and their clients hear nothing. Those of other Regions move up.
   */
  #dropLostProposals(): void {
    const { timeline } = this;
    const durable = timeline.durableHead(this.#now);
    if (!this.#proposals.some((proposal) => proposal.origin.cutOff)) return;
    timeline.truncate(durable);
    for (const one of this.#members) one.arrivedAt.truncate(durable);
    const survivors = this.#proposals.filter((proposal) => !proposal.origin.cutOff);
    for (const proposal of this.#proposals) {
      if (!proposal.origin.cutOff) continue;
      proposal.exchange.appended = null;
      proposal.exchange.hold();
    }
    this.#proposals = survivors;
    for (const proposal of survivors) this.#propose(proposal, 0);
  }

  #isUp(one: Member): boolean {
    return (one.node?.alive ?? true) && !this.#pauses.has(one.id);
  }

  #peers(one: Member): readonly Member[] {
    return this.#members.filter((peer) => peer !== one && this.#isUp(peer) && this.#talks(one, peer));
  }

  #talks(a: Member, b: Member): boolean {
    const { network } = this.#context;
    return network.path(a.site, b.site).open && network.path(b.site, a.site).open;
  }

  #oneWayUs(from: Member, to: Member): number {
    return this.#context.network.path(from.site, to.site).latencyUs();
  }

  #member(node: Node): Member {
    const found = this.#members.find((candidate) => candidate.node === node);
    if (!found) throw new Error(`${node.id} is no member of ${this.#context.database}`);
    return found;
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}

function member(id: string, site: Site, node: Node | null): Member {
  return { id, site, node, arrivedAt: new Series(), cutOff: false, catchUpTo: 0 };
}
