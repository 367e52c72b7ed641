import type { RandomStream, Sampler } from '@faultline/clock';
import type { JournalReplication } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import { Journal, type JournalWays, type Member, member } from './journal.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Sample, WriteRequest } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import { lagOf, readAt } from './reading.ts';
import { StorageGroups } from './storage-group.ts';

/**
 * A table over a journal of several Regions. A write is acknowledged when another member holds it; one to an item
 * that another Region has just written is rejected; strong reads go through the journal; a Region without any other
 * serves reads that may be stale, and one that returns catches up first. Amazon DynamoDB Developer Guide, "How
 * DynamoDB global tables work", and AWS Prescriptive Guidance, "DynamoDB global tables" (multi-Region strong
 * consistency), read 2026-04.
 */
export class JournalPlane implements DataPlane, JournalWays {
  readonly #context: PlaneContext;
  readonly #commit: Sampler;
  readonly #random: RandomStream;
  readonly #groups: StorageGroups;
  readonly #journal: Journal;
  /** Faults that keep a member from sending and receiving, by its id. */
  readonly #pauses = new Map<string, number>();

  constructor(context: PlaneContext, layout: JournalReplication) {
    const { database, network, streams } = context;
    this.#context = context;
    this.#commit = flushSampler(layout.commit);
    this.#random = streams.stream(`${database}/commit`);
    this.#groups = new StorageGroups(layout.groups, context);
    const replicas = layout.nodes.map((id) => {
      const node = context.nodes.get(id) as Node;
      return member(id, node.site, node);
    });
    const witnesses = layout.witnesses.map(({ id, region }) => member(id, network.site(`${database}/${id}`, region, null), null));
    this.#journal = new Journal([...replicas, ...witnesses], layout.acks, layout.catchUpRate.value, this);
  }

  get timeline() {
    return this.#journal.timeline;
  }

  get nowUs(): number {
    return this.#context.agenda.nowUs;
  }

  isUp(one: Member): boolean {
    return (one.node?.alive ?? true) && (this.#pauses.get(one.id) ?? 0) === 0;
  }

  talk(a: Member, b: Member): boolean {
    return this.#context.network.connects(a.site, b.site);
  }

  oneWayUs(from: Member, to: Member): number {
    return this.#context.network.path(from.site, to.site).latencyUs();
  }

  commitUs(): number {
    return this.#commit(this.#random);
  }

  /** Ids of the members that hold an entry at an instant. */
  holders(lsn: number, atUs: number): readonly string[] {
    return this.#journal.holders(lsn, atUs);
  }

  write({ exchange, node, key, op, serviceUs }: WriteRequest): void {
    const origin = this.#member(node);
    const error = this.#refusal(origin);
    if (error) exchange.replyAt(this.nowUs + serviceUs, { error });
    // That another Region was faster is found out in the journal, not at home.
    else if (this.#journal.conflicts(origin, key)) exchange.replyAt(this.nowUs + serviceUs + this.#roundTripUs(origin), { error: 'replicated-write-conflict' });
    else this.#journal.propose(origin, key, op, exchange, serviceUs);
  }

  read({ exchange, node, key, serviceUs, consistency }: ReadRequest): void {
    const origin = this.#member(node);
    const now = this.nowUs;
    const { timeline } = this;
    const error = consistency === 'strong' ? this.#refusal(origin) : node.acceptsReads ? null : 'unavailable';
    if (error) {
      exchange.replyAt(now + serviceUs, { error });
      return;
    }
    if (consistency === 'eventual') {
      exchange.replyAt(now + serviceUs, readAt(timeline, timeline, this.#journal.visibleAt(origin), key, now));
      return;
    }
    // A fence goes through the journal, and the read waits until the replica has applied all that lies before it.
    const fencedAtUs = Math.max(now + this.#roundTripUs(origin), this.#journal.holdsDurableAtUs(origin));
    exchange.replyAt(fencedAtUs + serviceUs, readAt(timeline, timeline, timeline.durableHead(now), key, now));
  }

  nodeStopped(): void {}

  settle(): void {}

  refresh(): void {
    this.#groups.refresh();
    const before = this.#journal.members.map((one) => one.cutOff);
    this.#journal.refresh();
    this.#journal.members.forEach((one, place) => {
      if (one.cutOff !== before[place]) this.#recordCut(one);
    });
  }

  refuses(): boolean {
    return false;
  }

  connected(): boolean | null {
    return null;
  }

  recoveryUs(): number {
    return 0;
  }

  sample(node: Node): Sample | null {
    const own = this.#journal.members.find((candidate) => candidate.node === node);
    if (!own) return null;
    const lag = lagOf(this.timeline, this.timeline, this.#journal.visibleAt(own), this.nowUs);
    return { lagUs: lag.us, lagEntries: lag.entries, atRiskEntries: 0, atRiskUs: 0 };
  }

  execute(command: PlaneCommand): void {
    this.#groups.execute(command);
  }

  feed(): null {
    return null;
  }

  originWriter(): null {
    return null;
  }

  onFeedChanged(): void {}

  stallApply(node: string): () => void {
    return this.pauseReplication(node);
  }

  pauseReplication(node: string | null): () => void {
    const paused = this.#journal.members.filter((candidate) => node === null || candidate.id === node).map((candidate) => candidate.id);
    const count = (step: 1 | -1) => {
      for (const id of paused) this.#pauses.set(id, (this.#pauses.get(id) ?? 0) + step);
      this.refresh();
    };
    count(1);
    return () => count(-1);
  }

  addRecoveryWork(): () => void {
    return () => {};
  }

  failSegment(): () => void {
    return () => {};
  }

  corrupt(key: number, op: number): void {
    const origin = this.#journal.members.find((candidate) => this.#refusal(candidate) === null);
    if (origin) this.#journal.propose(origin, key, op, null, 0);
  }

  /** Why a Region takes no write and serves no strong read now. */
  #refusal(origin: Member): string | null {
    if (!origin.node?.acceptsWrites) return 'unavailable';
    if (origin.cutOff) return 'no-quorum';
    if (this.#journal.catchesUp(origin)) return 'catching-up';
    return null;
  }

  #roundTripUs(origin: Member): number {
    return Math.min(...this.#journal.peers(origin).map((peer) => this.oneWayUs(origin, peer) + this.oneWayUs(peer, origin)));
  }

  #recordCut(one: Member): void {
    const { recorder, database } = this.#context;
    recorder.add({ type: 'replication', atUs: this.nowUs, database, from: 'journal', to: one.id, state: one.cutOff ? 'broken' : 'streaming' });
  }

  #member(node: Node): Member {
    const found = this.#journal.members.find((candidate) => candidate.node === node);
    if (!found) throw new Error(`${node.id} is no member of ${this.#context.database}`);
    return found;
  }
}
