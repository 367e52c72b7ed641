import type { FollowerReplication, LogReplication } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import { CopiesDurability, countingStreams } from './copies-durability.ts';
import type { CopySet } from './copy-set.ts';
import type { FeedOffer } from './feed-offer.ts';
import { LogUploads } from './log-uploads.ts';
import type { DataPlane, PlaneContext } from './plane.ts';
import { writerFlush } from './plane-options.ts';
import { Timeline } from './timeline.ts';
import type { VolumeRecovery } from './volume-recovery.ts';
import { type Durability, WriterLog } from './writer-log.ts';

/** What hangs on who writes: copies and followers follow the writer, and a shared volume takes its log. */
interface Followers {
  readonly copies: CopySet;
  readonly offer: FeedOffer;
  /** Null where every node keeps its own data. */
  readonly volume: VolumeRecovery | null;
}

/** Who writes one log, one node after the other, and which history the log is: every succession begins a new timeline. */
export class LogSuccession {
  readonly #context: PlaneContext;
  readonly #layout: LogReplication | FollowerReplication;
  readonly #copies: CopySet;
  readonly #offer: FeedOffer;
  readonly #volume: VolumeRecovery | null;
  readonly #uploads: LogUploads | null;
  #source: DataPlane | null;
  #writer: WriterLog | null = null;
  #ownDurability: CopiesDurability | null = null;
  #acks: number;
  #timelines = 1;
  #endedAtUs: number | null = null;

  /** `root`: the history that there is at the beginning; `source`: the plane that is followed, or null. */
  constructor(
    context: PlaneContext,
    layout: LogReplication | FollowerReplication,
    root: Timeline,
    source: DataPlane | null,
    { copies, offer, volume }: Followers,
  ) {
    this.#context = context;
    this.#layout = layout;
    this.#source = source;
    this.#copies = copies;
    this.#offer = offer;
    this.#volume = volume;
    this.#acks = layout.rule === 'log' ? layout.acks : 0;
    this.#uploads = LogUploads.of(context, layout, root, () => this.#writer);
    if (layout.rule === 'log') {
      copies.open(layout, root);
      this.#writeFrom(copies.at(layout.writer).node, root);
    } else this.#openAsFollower(layout, root);
  }

  /** Null while the writer is another database. */
  get writer(): WriterLog | null {
    return this.#writer;
  }

  /** The history that is written now, here or at the source. */
  get timeline(): Timeline | null {
    return this.#writer === null ? (this.#source?.timeline ?? null) : this.#writer.timeline;
  }

  /** The database that is followed; null for one that has a writer of its own. */
  get source(): DataPlane | null {
    return this.#source;
  }

  /** When the writer's process ended, until its log is recovered: a second end in between changes nothing of what was flushed. */
  get endedAtUs(): number | null {
    return this.#endedAtUs;
  }

  /** The writer's process ended. */
  ended(writer: WriterLog): void {
    writer.close(this.#now);
    this.#endedAtUs ??= this.#now;
  }

  /** Copies or the ways to them may have changed. */
  reconsider(): void {
    if (this.#ownDurability) this.#ownDurability.streams = countingStreams(this.#copies.all());
    if (!this.#writer?.node.alive) return;
    this.#endedAtUs = null;
    this.#writer.reconsider(this.#now);
  }

  /** From now on a commit waits for so many copies. */
  waitFor(acks: number): void {
    this.#acks = acks;
    if (this.#ownDurability) this.#ownDurability.acks = acks;
  }

  /** What never reached the disk before the process of the writer at `node` died is gone. */
  loseUnflushed(node: Node): void {
    const writer = this.#writer;
    if (writer?.node !== node || this.#volume) return;
    const { timeline } = writer;
    const endedAtUs = this.#endedAtUs ?? node.stoppedAtUs;
    const flushed = timeline.flushedHead(endedAtUs);
    if (flushed < timeline.durableHead(endedAtUs)) {
      // Some of it was acknowledged: the history goes another way from here, and the trace has to say so.
      this.#fork(node, flushed, timeline);
    } else if (flushed < timeline.head) {
      timeline.truncate(flushed);
      this.#copies.truncateTo(flushed);
    }
  }

  promote(id: string): void {
    const copy = this.#copies.at(id);
    const position = this.#volume ? this.#volume.recoveredHead() : copy.receivedHead(this.#now);
    // A read replica parts from the history that it holds, whatever became of its source since.
    this.#fork(copy.node, position, this.#writer ? this.#writer.timeline : copy.timeline);
  }

  /** A node starts from the backup; what follows this database stays with the one that is gone. */
  restore(id: string, ageUs: number): void {
    const current = this.timeline as Timeline;
    const position = Math.min(
      current.durableHead(this.#now - ageUs),
      this.#uploads?.restorable(current) ?? current.head,
    );
    this.#offer.sever();
    this.#fork(this.#copies.at(id).node, position, current);
  }

  #openAsFollower(layout: FollowerReplication, timeline: Timeline): void {
    this.#copies.add({ to: layout.node, durable: false, replays: true }, timeline);
    this.#source?.onFeedChanged(() => this.#followSource());
    this.#followSource();
    this.#offer.update(null, this.#copies.all());
  }

  #followSource(): void {
    if (this.#writer) return;
    const source = this.#source?.feed() ?? null;
    this.#copies.follow(source?.feed ?? null, source?.node ?? null);
    this.#offer.update(null, this.#copies.all());
  }

  #writeFrom(node: Node, timeline: Timeline): void {
    this.#volume?.moveTo(node, timeline);
    const waitsForFlush = this.#layout.rule === 'follower' || !this.#layout.flushRounds;
    this.#ownDurability = this.#volume ? null : new CopiesDurability(timeline, this.#acks, waitsForFlush);
    const durability: Durability = this.#volume?.durability ?? (this.#ownDurability as CopiesDurability);
    this.#writer = new WriterLog(node, timeline, durability, this.#volume ? null : this.#flushAt(node));
    this.#copies.follow(this.#writer, node);
    if (this.#ownDurability) this.#ownDurability.streams = countingStreams(this.#copies.all());
    this.#offer.update(this.#writer, this.#copies.all());
  }

  #flushAt(node: Node): () => number {
    const { streams, database, agenda } = this.#context;
    return writerFlush(this.#layout, agenda, node, streams.stream(`${database}/${node.id}/flush`));
  }

  /** A new timeline from `position`; the former writer's own copy keeps what it flushed and is no longer fed. */
  #fork(node: Node, position: number, parent: Timeline): void {
    const former = this.#writer;
    if (former && former.node !== node) this.#leave(former, parent);
    former?.close(this.#now);
    const { database } = this.#context;
    this.#source = null;
    const timeline = new Timeline(Math.max(parent.id, this.#timelines) + 1, parent, position, database);
    this.#timelines = timeline.id;
    this.#context.recorder.add({
      type: 'timeline',
      atUs: this.#now,
      database,
      timeline: timeline.id,
      parent: parent.id,
      // At the end of a chain of replicas that is the database at its top, or one that was promoted on the way.
      parentDatabase: parent.owner,
      forkLsn: position,
      node: node.id,
      discarded: parent.head - position,
    });
    this.#writeFrom(node, timeline);
  }

  /** What the node of a former writer is left with. */
  #leave({ node, timeline }: WriterLog, parent: Timeline): void {
    const endedAtUs = node.alive ? this.#now : (this.#endedAtUs ?? node.stoppedAtUs);
    // A writer on a shared volume keeps nothing of its own: what it may show is what was durable.
    const flushed = this.#volume ? timeline.durableHead(endedAtUs) : timeline.flushedHead(endedAtUs);
    const copy = this.#copies.get(node.id);
    // What was flushed and not yet acknowledged is there, and not visible.
    copy?.place(parent, flushed, timeline.durableHead(endedAtUs));
    if (copy && !this.#volume) copy.attached = false;
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
