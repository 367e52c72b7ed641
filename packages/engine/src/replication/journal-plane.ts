import type { RandomStream, Sampler } from '@faultline/clock';
import type { JournalReplication } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import { Journal, type JournalWays } from './journal.ts';
import { JournalMember, type JournalVersion } from './journal-member.ts';
import { JournalTruth } from './journal-truth.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Reply, Sample, WriteRequest } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import { StorageGroups } from './storage-group.ts';
import type { PlaneTruth } from './truth.ts';

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
  readonly timeline = null;
  /** When a write is durable, the members decide among themselves. */
  readonly foresight = null;

  constructor(context: PlaneContext, layout: JournalReplication) {
    const { database, network, streams } = context;
    this.#context = context;
    this.#commit = flushSampler(layout.commit);
    this.#random = streams.stream(`${database}/commit`);
    this.#groups = new StorageGroups(layout.groups, context);
    const count = layout.nodes.length + layout.witnesses.length;
    const replicas = layout.nodes.map((id, place) => {
      const node = context.nodes.get(id) as Node;
      return new JournalMember(id, place, count, node.site, node);
    });
    const witnesses = layout.witnesses.map(
      ({ id, region }, index) =>
        new JournalMember(id, replicas.length + index, count, network.site(`${database}/${id}`, region, null), null),
    );
    this.#journal = new Journal([...replicas, ...witnesses], layout.acks, layout.catchUpRate.value, this);
  }

  get nowUs(): number {
    return this.#context.agenda.nowUs;
  }

  isUp(one: JournalMember): boolean {
    return (one.node?.alive ?? true) && (this.#pauses.get(one.id) ?? 0) === 0;
  }

  talk(a: JournalMember, b: JournalMember): boolean {
    return this.#context.network.connects(a.site, b.site);
  }

  oneWayUs(from: JournalMember, to: JournalMember): number {
    return this.#context.network.path(from.site, to.site).latencyUs();
  }

  commitUs(): number {
    return this.#commit(this.#random);
  }

  /** Ids of the members that hold an entry of `node` at an instant. */
  holders(node: Node, lsn: number, atUs: number): readonly string[] {
    return this.#journal.holders(this.#member(node), lsn, atUs);
  }

  write({ exchange, node, key, op, serviceUs }: WriteRequest): void {
    const origin = this.#member(node);
    const error = this.#refusal(origin);
    if (error) exchange.replyAt(this.nowUs + serviceUs, { error });
    // That another Region was faster is found out in the journal, not at home.
    else if (this.#journal.conflicts(origin, key))
      exchange.replyAt(this.nowUs + serviceUs + this.#roundTripUs(origin), { error: 'replicated-write-conflict' });
    else this.#journal.propose(origin, key, op, exchange, serviceUs);
  }

  read({ exchange, node, key, serviceUs, consistency }: ReadRequest): void {
    const origin = this.#member(node);
    const now = this.nowUs;
    const error = consistency === 'strong' ? this.#refusal(origin) : node.acceptsReads ? null : 'unavailable';
    if (error) exchange.replyAt(now + serviceUs, { error });
    else if (consistency === 'eventual')
      exchange.replyAt(now + serviceUs, this.#reply(key, this.#journal.visible(origin, key)));
    else {
      // A fence goes through the journal, and the read waits until the replica holds all that lies before it.
      const fencedAtUs = Math.max(now + this.#roundTripUs(origin), this.#journal.holdsDurableAtUs(origin));
      exchange.replyAt(fencedAtUs + serviceUs, this.#reply(key, this.#journal.latest(key)));
    }
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

  /** Nothing is ever at risk: what is acknowledged is in another Region. */
  sample(node: Node): Sample | null {
    const own = this.#journal.members.find((candidate) => candidate.node === node);
    if (!own) return null;
    const now = this.nowUs;
    let [lagUs, lagEntries] = [0, 0];
    for (const origin of this.#journal.members) {
      const held = this.#journal.visibleHead(own, origin);
      const entries = origin.log.durableHead(now) - held;
      if (entries > 0) lagUs = Math.max(lagUs, now - origin.log.appendedAtUs(held + 1));
      lagEntries += entries;
    }
    return { lagUs, lagEntries, atRiskEntries: 0, atRiskUs: 0 };
  }

  truth(): PlaneTruth {
    return new JournalTruth(this.#journal);
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
    const paused = this.#journal.members
      .filter((candidate) => node === null || candidate.id === node)
      .map((candidate) => candidate.id);
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

  /** What a reader of `seen` is told, and since when it misses the newest version. */
  #reply(key: number, seen: JournalVersion | null): Reply {
    const latest = this.#journal.latest(key);
    const missed = latest !== null && (seen === null || latest.sequence > seen.sequence);
    const value = seen === null ? 0 : seen.origin.log.op(seen.lsn);
    return { value, staleUs: missed ? this.nowUs - latest.origin.log.durableAtUs(latest.lsn) : 0 };
  }

  /** Why a Region takes no write and serves no strong read now. */
  #refusal(origin: JournalMember): string | null {
    if (!origin.node?.acceptsWrites) return 'unavailable';
    if (origin.cutOff) return 'no-quorum';
    if (this.#journal.catchesUp(origin)) return 'catching-up';
    return null;
  }

  #roundTripUs(origin: JournalMember): number {
    return Math.min(
      ...this.#journal.peers(origin).map((peer) => this.oneWayUs(origin, peer) + this.oneWayUs(peer, origin)),
    );
  }

  #recordCut(one: JournalMember): void {
    const { recorder, database } = this.#context;
    recorder.add({
      type: 'replication',
      atUs: this.nowUs,
      database,
      from: 'journal',
      to: one.id,
      state: one.cutOff ? 'broken' : 'streaming',
    });
  }

  #member(node: Node): JournalMember {
    const found = this.#journal.members.find((candidate) => candidate.node === node);
    if (!found) throw new Error(`${node.id} is no member of ${this.#context.database}`);
    return found;
  }
}
