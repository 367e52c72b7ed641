import type { FollowerReplication, LogReplication } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import { LogTransactions } from '../transactions/log-transactions.ts';
import type { TransactionRequest } from '../transactions/running-transaction.ts';
import { ApplyWatch } from './apply-watch.ts';
import { heldBackUs, rebuildFactor } from './commit-slowdown.ts';
import { CopiesDurability } from './copies-durability.ts';
import type { Copy } from './copy.ts';
import { CopySet } from './copy-set.ts';
import { FeedOffer, type OfferedFeed } from './feed-offer.ts';
import { LogTruth } from './log-truth.ts';
import { LogUploads } from './log-uploads.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Sample, WriteRequest } from './plane.ts';
import { applySampler, flushSampler, writerFlushSampler } from './plane-options.ts';
import { comparePositions } from './position-comparison.ts';
import { readAt, sampleOf } from './reading.ts';
import { RecoveryWork } from './recovery-work.ts';
import { Timeline } from './timeline.ts';
import type { PlaneTruth } from './truth.ts';
import { VolumeRecovery } from './volume-recovery.ts';
import { type Durability, WriterLog } from './writer-log.ts';

/**
 * One log, one writer at a time, copies that follow: RDS instances and clusters, Aurora (whose durable copies
 * are storage segments), and read replicas (whose writer is another database until they are promoted).
 */
export class LogPlane implements DataPlane {
  readonly #context: PlaneContext;
  readonly #layout: LogReplication | FollowerReplication;
  readonly #copies: CopySet;
  readonly #recovery: RecoveryWork;
  readonly #volume: VolumeRecovery | null;
  readonly #offer: FeedOffer;
  readonly #uploads: LogUploads | null;
  #source: DataPlane | null;
  #writer: WriterLog | null = null;
  #ownDurability: CopiesDurability | null = null;
  #acks: number;
  #timelines = 1;
  /** When the writer's process ended, until its log is recovered: a second end in between changes nothing of what was flushed. */
  #endedAtUs: number | null = null;
  readonly #applyWatch: ApplyWatch;
  #transactions: LogTransactions | null = null;

  constructor(context: PlaneContext, layout: LogReplication | FollowerReplication, source: DataPlane | null) {
    this.#context = context;
    this.#layout = layout;
    this.#source = source;
    this.#applyWatch = new ApplyWatch(context.agenda, () => context.tell('CAUGHT_UP'));
    this.#acks = layout.rule === 'log' ? layout.acks : 0;
    // Readers of a shared volume keep nothing: what reaches them is in memory.
    const copyFlush = layout.rule === 'log' && layout.volume === 'shared' ? () => 0 : flushSampler(layout.flush);
    this.#copies = new CopySet(context, {
      flush: copyFlush,
      flushesInBatches: layout.rule === 'log' && layout.copiesFlush === 'in-batches',
      apply: applySampler(layout.apply),
      acknowledgedWhen: (layout.rule === 'log' && layout.acknowledgedWhen) || 'flushed',
    });
    this.#recovery = new RecoveryWork(
      layout.recovery,
      context.agenda,
      context.streams.stream(`${context.database}/checkpoint`),
    );
    this.#offer = new FeedOffer(layout.rule === 'log' && layout.followersReadFrom === 'copies');
    const root = source?.timeline ?? new Timeline(this.#timelines, null, 0, context.database);
    const interval = layout.rule === 'log' ? layout.logUploadInterval : undefined;
    this.#uploads = interval
      ? new LogUploads(
          context,
          interval,
          context.streams.stream(`${context.database}/log-upload`),
          root,
          () => this.#writer,
        )
      : null;
    this.#volume =
      layout.rule === 'log' && layout.volume === 'shared' ? new VolumeRecovery(context, layout, root) : null;
    if (layout.rule === 'log') this.#openAsWriter(layout, root);
    else this.#openAsFollower(layout, root);
  }

  get timeline(): Timeline | null {
    return this.#writer?.timeline ?? this.#source?.timeline ?? null;
  }

  onFeedChanged(listener: () => void): void {
    this.#offer.onChange(listener);
  }

  feed(): OfferedFeed | null {
    return this.#offer.current;
  }

  originWriter(): Node | null {
    return this.#writer?.node ?? this.#source?.originWriter() ?? null;
  }

  write(request: WriteRequest): void {
    const { node, exchange } = request;
    if (!node.writable && !node.fenced) {
      exchange.replyAt(this.#now + request.serviceUs, { error: 'read-only' });
      return;
    }
    // A fenced writer that still runs, and may not know it, sends its log to copies that refuse it: the commit never returns.
    if (this.#writer?.node !== node || node.fenced || node.storage === 'stalled') {
      exchange.hold();
      return;
    }
    const extraUs = Math.round(request.serviceUs * this.#slowdown()) + this.#flowControlUs();
    this.#writer.append(request.key, request.op, this.#now, exchange, extraUs);
    this.#recovery.wrote();
  }

  read(request: ReadRequest): void {
    const { node, exchange } = request;
    const current = this.timeline as Timeline;
    const copy = this.#copies.get(node.id);
    const isWriter = this.#writer?.node === node || !copy;
    const history = isWriter ? current : copy.timeline;
    const visible = isWriter ? current.durableHead(this.#now) : copy.appliedHead(this.#now);
    exchange.replyAt(this.#now + request.serviceUs, readAt(current, history, visible, request.key, this.#now));
  }

  transact(request: TransactionRequest): void {
    this.#transactions ??= this.#openTransactions();
    this.#transactions.begin(request);
  }

  nodeStopped(node: Node): void {
    if (this.#writer?.node === node) {
      this.#copies.senderStopped();
      this.#volume?.senderStopped(node);
      this.#writer.close(this.#now);
      this.#endedAtUs ??= this.#now;
    }
    const fed = this.#copies.get(node.id)?.stream;
    fed?.disconnect(this.#now, true);
    fed?.loseInFlight(this.#now);
  }

  settle(): void {
    this.#copies.extend();
  }

  refresh(): void {
    this.#copies.refresh();
    this.#volume?.reconsider();
    if (this.#ownDurability) this.#ownDurability.streams = this.#copies.durableStreams();
    if (this.#writer?.node.alive) {
      this.#endedAtUs = null;
      this.#writer.reconsider(this.#now);
    }
    if (this.#volume || this.#source) this.#copies.retractUnsent();
    this.#offer.update(this.#writer, this.#copies.all());
    this.#applyWatch.check();
  }

  connected(node: string): boolean | null {
    return this.#copies.connected(node);
  }

  refuses(node: Node): boolean {
    return this.#volume?.refuses(node) ?? false;
  }

  recoveryUs(node: Node): number {
    const writer = this.#writer;
    if (writer?.node === node && !this.#volume) {
      // What never reached the disk before the process died is gone.
      const endedAtUs = this.#endedAtUs ?? node.stoppedAtUs;
      const flushed = writer.timeline.flushedHead(endedAtUs);
      if (flushed < writer.timeline.durableHead(endedAtUs)) {
        // Some of it was acknowledged: the history goes another way from here, and the trace has to say so.
        this.#fork(node, flushed, writer.timeline);
      } else if (flushed < writer.timeline.head) {
        writer.timeline.truncate(flushed);
        this.#copies.truncateTo(flushed);
      }
    }
    return this.#volume ? 0 : this.#recovery.redoUs();
  }

  sample(node: Node): Sample | null {
    const current = this.timeline;
    const copy = this.#copies.get(node.id);
    if (!node.exists) return null;
    if (!current || !copy || this.#writer?.node === node)
      return { lagUs: 0, lagEntries: 0, atRiskEntries: 0, atRiskUs: 0 };
    return sampleOf(current, copy, this.#volume !== null, this.#now);
  }

  truth(): PlaneTruth {
    const state = () => ({ writer: this.#writer, endedAtUs: this.#endedAtUs });
    return new LogTruth(this.#copies, this.#volume, this.#applyWatch, state);
  }

  execute(command: PlaneCommand): void {
    const { agenda, tell } = this.#context;
    switch (command.type) {
      case 'PROMOTE_NODE':
        this.#promote(command.node);
        break;
      case 'DETACH_COPY':
        this.#copies.detach(this.#copy(command.node), 'detached');
        break;
      case 'REBUILD_COPY':
        this.#copies.detach(this.#copy(command.node), 'rebuilding');
        break;
      case 'ATTACH_COPY':
        this.#copies.attach(this.#copy(command.node));
        break;
      case 'SET_ACKS':
        this.#acks = command.acks;
        if (this.#ownDurability) this.#ownDurability.acks = command.acks;
        break;
      case 'COMPARE_POSITIONS':
        tell('POSITIONS_COMPARED', {
          ...comparePositions(
            command.nodes.map((id) => this.#copy(id)),
            command.complete,
            agenda.nowUs,
          ),
        });
        break;
      case 'AWAIT_APPLY':
        this.#applyWatch.await(command.nodes.map((id) => this.#copy(id)));
        break;
      case 'RECOVER_VOLUME':
        this.#volume?.begin(command.node, Math.round(command.recoveryMs * 1000), this.#writer);
        break;
      case 'REPLACE_SEGMENT':
        this.#volume?.failures.replace(command.segment);
        break;
      case 'RESTORE_BACKUP':
        this.#restore(command.node, Math.round(command.ageMs * 1000));
        break;
      case 'LOSE_VOLUME':
        this.#copies.get(command.node)?.place(this.timeline as Timeline, 0, 0);
        break;
    }
    // Every command comes inside a change of the world, which refreshes all planes at its end.
  }

  stallApply(node: string): () => void {
    return this.#copies.afflict('applyStalls', node);
  }

  pauseReplication(node: string | null): () => void {
    return this.#copies.afflict('paused', node);
  }

  addRecoveryWork(bytes: number): () => void {
    return this.#recovery.add(bytes);
  }

  corrupt(key: number, op: number): void {
    if (this.#writer?.node.acceptsWrites) this.#writer.append(key, op, this.#now, null, 0);
  }

  failSegment(id: string): () => void {
    return this.#volume?.failures.fail(id) ?? (() => {});
  }

  #openAsWriter(layout: LogReplication, timeline: Timeline): void {
    const nodes = [...this.#context.nodes.values()];
    for (const node of nodes) {
      const stream = layout.streams.find((candidate) => candidate.to === node.id);
      const other = layout.streams.find((candidate) => this.#context.nodes.has(candidate.to));
      // The first writer becomes a copy like the others once another node takes over.
      const copy = this.#copies.add(
        stream ?? { to: node.id, durable: other?.durable ?? false, replays: other?.replays ?? true },
        timeline,
      );
      copy.attached = node.exists;
    }
    this.#writeFrom(this.#node(layout.writer), timeline);
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
    this.#ownDurability = this.#volume
      ? null
      : new CopiesDurability(timeline, this.#acks, !(this.#layout.rule === 'log' && this.#layout.flushRounds));
    const durability: Durability = this.#volume?.durability ?? (this.#ownDurability as CopiesDurability);
    const { streams, database, agenda } = this.#context;
    const flush = this.#volume ? null : writerFlushSampler(this.#layout, agenda, node);
    this.#writer = new WriterLog(node, timeline, durability, flush, streams.stream(`${database}/${node.id}/flush`));
    this.#copies.follow(this.#writer, node);
    if (this.#ownDurability) this.#ownDurability.streams = this.#copies.durableStreams();
    this.#offer.update(this.#writer, this.#copies.all());
  }

  #promote(id: string): void {
    const copy = this.#copy(id);
    const position = this.#volume ? this.#volume.recoveredHead() : copy.receivedHead(this.#now);
    // A read replica parts from the history that it holds, whatever became of its source since.
    this.#fork(copy.node, position, this.#writer ? (this.timeline as Timeline) : copy.timeline);
  }

  /** A node starts from the backup; what follows this database stays with the one that is gone. */
  #restore(id: string, ageUs: number): void {
    const current = this.timeline as Timeline;
    const position = Math.min(
      current.durableHead(this.#now - ageUs),
      this.#uploads?.restorable(current) ?? current.head,
    );
    this.#offer.sever();
    this.#fork(this.#node(id), position, current);
  }

  /** A new timeline from `position`; the former writer's own copy keeps what it flushed and is no longer fed. */
  #fork(node: Node, position: number, parent: Timeline): void {
    const former = this.#writer;
    if (former && former.node !== node) {
      const endedAtUs = former.node.alive ? this.#now : (this.#endedAtUs ?? former.node.stoppedAtUs);
      // A writer on a shared volume keeps nothing of its own: what it may show is what was durable.
      const flushed = this.#volume ? former.timeline.durableHead(endedAtUs) : former.timeline.flushedHead(endedAtUs);
      const copy = this.#copies.get(former.node.id);
      // What was flushed and not yet acknowledged is there, and not visible.
      copy?.place(parent, flushed, former.timeline.durableHead(endedAtUs));
      if (copy && !this.#volume) copy.attached = false;
    }
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

  #openTransactions(): LogTransactions {
    return new LogTransactions(this.#context, this.#layout, {
      writer: () => this.#writer,
      copy: (node) => this.#copies.get(node),
      timeline: () => this.timeline as Timeline,
      commitExtraUs: (serviceUs) => Math.round(serviceUs * (this.#slowdown() - 1)) + this.#flowControlUs(),
      wrote: () => this.#recovery.wrote(),
    });
  }

  #slowdown(): number {
    return rebuildFactor(this.#layout, this.#copies.all());
  }

  #flowControlUs(): number {
    return heldBackUs(this.#layout, this.#copies.all(), () => this.timeline as Timeline, this.#now);
  }

  #copy(id: string): Copy {
    const copy = this.#copies.get(id);
    if (!copy) throw new Error(`${this.#context.database} keeps no copy at ${id}`);
    return copy;
  }

  #node(id: string): Node {
    return this.#copy(id).node;
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
