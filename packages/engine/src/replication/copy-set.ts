import type { LogReplication, StreamLayout } from '@faultline/models';
import type { ReplicationState } from '@faultline/trace';
import type { Node } from '../nodes/node.ts';
import { Copy, type CopyWork, type Ways } from './copy.ts';
import { availableHead, openStream, refreshConnection, waysBetween } from './copy-connection.ts';
import type { PlaneContext } from './plane.ts';
import type { Feed } from './stream.ts';
import { SyncWatch } from './sync-watch.ts';
import type { Timeline } from './timeline.ts';

/** Where the log comes from, and the node that sends it. */
interface Sending {
  readonly feed: Feed;
  readonly node: Node;
}

/** The copies of a database that live at nodes, and the streams that feed them from wherever the log comes. */
export class CopySet {
  readonly #context: PlaneContext;
  readonly #copies: Copy[] = [];
  readonly #work: CopyWork;
  readonly #syncWatch: SyncWatch;
  #sending: Sending | null = null;
  /** Another number whenever something may have happened to a copy, beside its taking in and applying what it is sent. */
  revision = 0;
  /** Whether some copy is made again from nothing. */
  isRebuilding = false;

  constructor(context: PlaneContext, work: CopyWork) {
    this.#context = context;
    this.#work = work;
    this.#syncWatch = new SyncWatch(context.agenda, (copy) => {
      this.#record(copy, 'in-sync');
      context.tellOf(copy.node.id, 'IN_SYNC');
    });
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
    return this.#syncWatch.underWay;
  }

  /** All attached copies follow `feed` from where they stand; what they hold beyond the shared history is dropped. */
  follow(feed: Feed | null, node: Node | null): void {
    for (const copy of this.#copies) copy.settle(this.#now);
    this.#sending = feed && node ? { feed, node } : null;
    this.#changed();
    if (!this.#sending) return;
    for (const copy of this.#copies) if (copy.attached && copy.node !== node) this.#subscribe(copy);
    this.refresh();
  }

  attach(copy: Copy): void {
    const feed = this.#sending;
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
    this.#syncWatch.begin(copy, feed.feed.head());
    this.refresh();
  }

  detach(copy: Copy, state: 'detached' | 'rebuilding'): void {
    copy.settle(this.#now);
    copy.attached = false;
    copy.rebuilding = state === 'rebuilding';
    this.#changed();
    this.#syncWatch.end(copy);
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
    this.#changed();
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

  #changed(): void {
    this.revision++;
    this.isRebuilding = this.#copies.some((copy) => copy.rebuilding);
  }

  #refreshCopy(copy: Copy): void {
    const { stream } = copy;
    if (!stream) return;
    const sender = (this.#sending as Sending).node;
    const before = stream.connected;
    refreshConnection(this.#context, sender, copy, stream, this.#ways(copy));
    if (stream.connected !== before) this.#record(copy, stream.connected ? 'streaming' : 'broken');
    const applies = copy.applyStalls === 0 && copy.node.alive && copy.node.storage === 'ok';
    if (stream.applying && !applies) {
      stream.stallApply(this.#now);
      if (copy.applyStalls > 0) this.#record(copy, 'stalled');
    } else if (!stream.applying && applies) stream.resumeApply(this.#now);
    this.#syncWatch.check(copy);
  }

  #subscribe(copy: Copy): void {
    const { feed } = this.#sending as Sending;
    copy.stream = openStream(this.#context, this.#work, feed, copy, this.#ways(copy));
    copy.timeline = feed.timeline;
  }

  #ways(copy: Copy): Ways {
    return waysBetween(this.#context.network, (this.#sending as Sending).node, copy);
  }

  #record(copy: Copy, state: ReplicationState): void {
    this.#context.recorder.add({
      type: 'replication',
      atUs: this.#now,
      database: this.#context.database,
      from: this.#sending?.node.id ?? 'nobody',
      to: copy.node.id,
      state,
    });
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
