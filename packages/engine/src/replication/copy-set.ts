import type { Handle, Sampler } from '@faultline/clock';
import type { AcknowledgedWhen, LogReplication, StreamLayout } from '@faultline/models';
import type { ReplicationState } from '@faultline/trace';
import { RETRANSMIT_FIRST_US } from '../network/path.ts';
import type { Node } from '../nodes/node.ts';
import { Copy, type Ways } from './copy.ts';
import type { PlaneContext } from './plane.ts';
import { type Feed, Stream } from './stream.ts';
import type { Timeline } from './timeline.ts';

/** What a copy does with an entry, and when it answers. */
export interface CopyWork {
  readonly flush: Sampler;
  /** Each copy flushes batch by batch; else the flushes of neighbours overlap. */
  readonly flushesInBatches: boolean;
  /** Applying one entry always takes the same time, in microseconds. */
  readonly applyUs: number;
  readonly acknowledgedWhen: AcknowledgedWhen;
}

/** The copies of a database that live at nodes, and the streams that feed them from wherever the log comes. */
export class CopySet {
  readonly #context: PlaneContext;
  readonly #copies: Copy[] = [];
  readonly #work: CopyWork;
  readonly #syncChecks = new Map<Copy, { readonly target: number; handle: Handle }>();
  #feed: { readonly feed: Feed; readonly node: Node } | null = null;

  constructor(context: PlaneContext, work: CopyWork) {
    this.#context = context;
    this.#work = work;
  }

  /** Every node of a log keeps a copy, the first writer as well: it becomes one like the others once another node takes over. */
  open({ streams }: LogReplication, timeline: Timeline): void {
    const { nodes } = this.#context;
    const { durable, replays } = streams.find(({ to }) => nodes.has(to)) ?? { durable: false, replays: true };
    for (const { id, exists } of nodes.values()) {
      const copy = this.add(streams.find(({ to }) => to === id) ?? { to: id, durable, replays }, timeline);
      copy.attached = exists;
    }
  }

  add({ to, durable, replays }: Pick<StreamLayout, 'to' | 'durable' | 'replays'>, timeline: Timeline): Copy {
    const node = this.#context.nodes.get(to);
    if (!node) throw new Error(`${this.#context.database} has no node ${to}`);
    const copy = new Copy(node, durable, replays, timeline);
    this.#copies.push(copy);
    return copy;
  }

  get(node: string): Copy | undefined {
    for (const copy of this.#copies) if (copy.node.id === node) return copy;
    return undefined;
  }

  /** The copy at a node that has to have one. */
  at(node: string): Copy {
    const copy = this.get(node);
    if (!copy) throw new Error(`${this.#context.database} keeps no copy at ${node}`);
    return copy;
  }

  all(): readonly Copy[] {
    return this.#copies;
  }

  /** Copies that will be in sync at an instant that is known. */
  get catchingUp(): number {
    return [...this.#syncChecks.values()].filter(({ handle }) => handle !== 0).length;
  }

  /** Streams whose acknowledgement counts. */
  durableStreams(): readonly Stream[] {
    const streams: Stream[] = [];
    for (const copy of this.#copies) if (copy.durable && copy.attached && copy.stream) streams.push(copy.stream);
    return streams;
  }

  /** All attached copies follow `feed` from where they stand; what they hold beyond the shared history is dropped. */
  follow(feed: Feed | null, node: Node | null): void {
    for (const copy of this.#copies) copy.settle(this.#now);
    this.#feed = feed && node ? { feed, node } : null;
    if (!this.#feed) return;
    for (const copy of this.#copies) if (copy.attached && copy.node !== node) this.#subscribe(copy);
    this.refresh();
  }

  attach(copy: Copy): void {
    const feed = this.#feed;
    copy.attached = true;
    if (!feed || copy.node === feed.node) return;
    copy.settle(this.#now);
    if (copy.rebuilding) {
      const held = availableHead(feed.feed, this.#now);
      copy.place(feed.feed.timeline, held, held);
    }
    copy.rebuilding = false;
    this.#subscribe(copy);
    this.#record(copy, 'streaming');
    this.#syncChecks.set(copy, { target: feed.feed.head(), handle: 0 });
    this.refresh();
  }

  detach(copy: Copy, state: 'detached' | 'rebuilding'): void {
    copy.settle(this.#now);
    copy.attached = false;
    copy.rebuilding = state === 'rebuilding';
    this.#dropSyncCheck(copy);
    this.#record(copy, state);
  }

  extend(): void {
    for (const copy of this.#copies) copy.stream?.extend();
  }

  /** A fault at one copy, or at all; faults of one sort may overlap. The returned function takes it away. */
  afflict(fault: 'paused' | 'applyStalls', node: string | null): () => void {
    const copies = this.#copies.filter((copy) => node === null || copy.node.id === node);
    for (const copy of copies) copy[fault]++;
    return () => {
      for (const copy of copies) copy[fault]--;
    };
  }

  /** The process or host that sends is gone. */
  senderStopped(): void {
    for (const copy of this.#copies) copy.stream?.disconnect(this.#now, false);
  }

  /** Brings every stream in line with nodes, paths and faults as they are now. */
  refresh(): void {
    for (const copy of this.#copies) this.#refreshCopy(copy);
  }

  /** Whether the writer has a working connection to this copy; null when it is not supposed to have one. */
  connected(node: string): boolean | null {
    const copy = this.get(node);
    return copy?.attached && copy.stream ? copy.stream.connected : null;
  }

  /** The sender's own prospects changed: what streams expected to be sent after now is void. */
  retractUnsent(): void {
    for (const { stream } of this.#copies) if (stream?.feed.mayRetract) stream.retractUnsent(this.#now);
  }

  truncateTo(lsn: number): void {
    for (const copy of this.#copies) copy.stream?.truncateTo(lsn);
  }

  #refreshCopy(copy: Copy): void {
    const { stream } = copy;
    if (!stream) return;
    this.#refreshConnection(copy, stream);
    const applies = copy.applyStalls === 0 && copy.node.alive && copy.node.storage === 'ok';
    if (stream.applying && !applies) {
      stream.stallApply(this.#now);
      if (copy.applyStalls > 0) this.#record(copy, 'stalled');
    } else if (!stream.applying && applies) stream.resumeApply(this.#now);
    this.#scheduleSyncCheck(copy);
  }

  #refreshConnection(copy: Copy, stream: Stream): void {
    const sends = this.#canSend(copy);
    if (sends && this.#paths(copy).back.open) {
      if (stream.connected) stream.hearAgain(this.#now);
      else {
        stream.connect(this.#now);
        this.#record(copy, 'streaming');
      }
    } else if (sends && stream.connected && this.#now < this.#unheardUntilUs(copy)) {
      if (!stream.heard) return;
      stream.loseAnswers(this.#now);
      this.#context.agenda.scheduleAt(this.#unheardUntilUs(copy), () => this.#context.change(() => {}));
    } else this.#endConnection(copy, stream);
  }

  /**
   * Until when a sender that gets no acknowledgement goes on. Its retransmission timer then runs out for the first time;
   * from there on TCP sends nothing new, only the oldest segment again (RFC 6298, section 5; RFC 5681, 3.1: the window
   * is one segment). That this ends the stream long before `wal_sender_timeout` (60 s) ends the connection makes no
   * difference to data. What the window holds by then is taken to be enough for what is written meanwhile.
   */
  #unheardUntilUs(copy: Copy): number {
    return this.#paths(copy).back.closedAtUs + RETRANSMIT_FIRST_US;
  }

  #endConnection(copy: Copy, stream: Stream): void {
    const losesInFlight = this.#losesInFlight(copy);
    if (stream.connected) {
      stream.disconnect(this.#now, losesInFlight);
      this.#record(copy, 'broken');
    } else if (losesInFlight) stream.loseInFlight(this.#now);
  }

  /** Whether what the sender sends now reaches the copy. */
  #canSend(copy: Copy): boolean {
    const feed = this.#feed;
    if (!feed || copy.paused > 0 || !feed.node.alive || feed.node.fenced || feed.node.storage !== 'ok') return false;
    return receives(copy) && this.#paths(copy).out.open;
  }

  /** Whether entries that have left are lost: on a closed path, at a receiver that is gone, or refused from a fenced sender. */
  #losesInFlight(copy: Copy): boolean {
    const feed = this.#feed;
    return !feed || feed.node.fenced || !receives(copy) || !this.#paths(copy).out.open;
  }

  #subscribe(copy: Copy): void {
    const { feed } = this.#feed as { readonly feed: Feed };
    const { streams, database } = this.#context;
    const held = copy.receivedHead(this.#now);
    // A sender that is behind this copy takes nothing back: the copy waits until it has more.
    const base = Math.min(feed.timeline.sharedWith(copy.timeline, held), feed.timeline.head);
    const { out, back } = this.#paths(copy);
    copy.stream = new Stream({
      feed,
      base,
      appliedBase: Math.min(copy.appliedHead(this.#now), base),
      out,
      back,
      acknowledges: copy.durable ? this.#work.acknowledgedWhen : null,
      flush: this.#work.flush,
      flushesInBatches: this.#work.flushesInBatches,
      applyUs: copy.replays ? this.#work.applyUs : null,
      random: streams.stream(`${database}/${copy.node.id}/send`),
      fromUs: this.#now,
    });
    // Who watches the run asks where an entry was when it was acknowledged, which may be long ago.
    if (this.#context.observed) copy.stream.rememberArrivals();
    copy.timeline = feed.timeline;
  }

  /** Hosts may be replaced in another AZ: the ways are those between the sites of the moment. */
  #paths(copy: Copy): Ways {
    const from = (this.#feed as { readonly node: Node }).node.site;
    const to = copy.node.site;
    if (copy.ways === null || copy.ways.out.from !== from || copy.ways.out.to !== to) {
      const { network } = this.#context;
      copy.ways = { out: network.path(from, to), back: network.path(to, from) };
    }
    return copy.ways;
  }

  #scheduleSyncCheck(copy: Copy): void {
    const check = this.#syncChecks.get(copy);
    if (!check || !copy.stream) return;
    if (check.handle !== 0) this.#context.agenda.cancel(check.handle);
    check.handle = 0;
    if (!copy.stream.connected) return;
    const atUs = copy.stream.arrivesAtUs(check.target);
    if (atUs === Number.POSITIVE_INFINITY) return;
    check.handle = this.#context.agenda.scheduleAt(Math.max(atUs, this.#now), () => {
      this.#syncChecks.delete(copy);
      this.#record(copy, 'in-sync');
      this.#context.tellOf(copy.node.id, 'IN_SYNC');
    });
  }

  #dropSyncCheck(copy: Copy): void {
    const check = this.#syncChecks.get(copy);
    if (check && check.handle !== 0) this.#context.agenda.cancel(check.handle);
    this.#syncChecks.delete(copy);
  }

  #record(copy: Copy, state: ReplicationState): void {
    this.#context.recorder.add({
      type: 'replication',
      atUs: this.#now,
      database: this.#context.database,
      from: this.#feed?.node.id ?? 'nobody',
      to: copy.node.id,
      state,
    });
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}

function receives({ node, replays }: Copy): boolean {
  return node.hostUp && node.storage === 'ok' && (!replays || node.process === 'running');
}

/** Newest position that the sender could send now. */
function availableHead(feed: Feed, nowUs: number): number {
  let lsn = feed.head();
  while (lsn > feed.timeline.base && feed.availableAtUs(lsn) > nowUs) lsn--;
  return lsn;
}
