import type { LogReplication } from '@faultline/models';
import type { Site } from '../network/site.ts';
import type { Node } from '../nodes/node.ts';
import type { PlaneContext } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import type { RouteTo } from './protection-group.ts';
import type { Segment } from './segment.ts';
import { SegmentFailures } from './segment-failures.ts';
import type { Timeline } from './timeline.ts';
import { SharedVolume } from './volume.ts';
import type { WriterLog } from './writer-log.ts';

/** A recovery that has been ordered and waits for its quorums, or runs. */
interface Recovery {
  readonly node: Node;
  readonly recoveryUs: number;
  readonly writer: WriterLog | null;
  started: boolean;
}

/** The shared volume of one cluster: its segments, the writer's way to them, and recovery by quorum. */
export class VolumeRecovery {
  readonly durability: SharedVolume;
  /** Made with the first one. */
  #failures: SegmentFailures | null = null;
  readonly #context: PlaneContext;
  #writer: Node;
  #timeline: Timeline;
  #recovery: Recovery | null = null;
  #recovered = 0;

  constructor(context: PlaneContext, layout: LogReplication, timeline: Timeline) {
    this.#context = context;
    this.#timeline = timeline;
    this.#writer = context.nodes.get(layout.writer) as Node;
    const segments: readonly Segment[] = layout.streams
      .filter((stream) => !context.nodes.has(stream.to))
      .map((stream) => ({
        id: stream.to,
        shard: stream.shard ?? 0,
        isFull: stream.tail !== true,
        site: context.network.newSite(`${context.database}/${stream.to}`, stream.region, stream.az),
        up: true,
        epoch: 1,
      }));
    this.durability = new SharedVolume({
      segments,
      shards: layout.shards ?? 1,
      sizes: { write: layout.acks, read: layout.readQuorum ?? 1 },
      persist: flushSampler(layout.flush),
      random: context.streams.stream(`${context.database}/volume`),
      timeline,
      routeTo: this.#routes(),
      observed: context.observed,
    });
  }

  /** What becomes of segments that are lost. */
  get failures(): SegmentFailures {
    this.#failures ??= new SegmentFailures(this.#context, this.durability, (a, b) => this.#connects(a, b));
    return this.#failures;
  }

  /** Nodes, segments or paths changed. */
  reconsider(): void {
    this.#failures?.fillReplacements();
    this.#spreadEpoch();
    this.durability.reconsider(this.#now);
    this.#tryToRecover();
  }

  /** `node` writes from now on, with the newest epoch. */
  moveTo(node: Node, timeline: Timeline): void {
    this.#writer = node;
    this.#timeline = timeline;
    this.durability.moveTo(timeline, this.#routes());
  }

  senderStopped(node: Node): void {
    if (node === this.#writer) this.durability.senderStopped(this.#now);
  }

  /** Orders a recovery for `node`; `writer` is the log as it was. Answered by VOLUME_FENCED and VOLUME_RECOVERED. */
  begin(id: string, recoveryUs: number, writer: WriterLog | null): void {
    const node = this.#context.nodes.get(id) as Node;
    this.#recovery = { node, recoveryUs, writer, started: false };
    this.#tryToRecover();
  }

  /** For observers: who held an entry when its quorum was complete. */
  heldBy(lsn: number): readonly string[] | null {
    this.noteHolders();
    return this.durability.holders?.of(lsn) ?? null;
  }

  noteHolders(): void {
    this.durability.holders?.note(this.#timeline, this.#now);
  }

  /** A recovery has its quorums and runs. */
  get recovers(): boolean {
    return this.#recovery?.started ?? false;
  }

  /** The point to which the last recovery rebuilt the log. */
  recoveredHead(): number {
    return this.#recovered;
  }

  /** Whether storage tells `node`, as soon as it sends something, that another one has taken over the volume. */
  refuses(node: Node): boolean {
    const { epoch, segments } = this.durability;
    return segments.some((segment) => segment.up && segment.epoch === epoch && this.#connects(node.site, segment.site));
  }

  /** Needs a write quorum to raise the epoch and a read quorum to find the end of the log. */
  #tryToRecover(): void {
    const recovery = this.#recovery;
    if (!recovery || recovery.started || !this.#hasQuorums(recovery.node)) return;
    recovery.started = true;
    const reaches = this.#reachableFrom(recovery.node);
    this.durability.raiseEpoch(this.#now, reaches);
    this.#recovered = this.durability.recoverableHead(this.#now, reaches);
    this.#context.tell('VOLUME_FENCED', { node: recovery.node.id, epoch: this.durability.epoch });
    this.#context.agenda.schedule(recovery.recoveryUs, () => this.#finish(recovery));
  }

  #finish(recovery: Recovery): void {
    if (this.#recovery !== recovery) return;
    if (!this.#hasQuorums(recovery.node)) {
      // Lost in the middle: it begins again when they are back.
      recovery.started = false;
      return;
    }
    this.#recovery = null;
    this.#keepRecovered();
    if (recovery.writer?.node === recovery.node) this.#reopen(recovery.node);
    this.#context.tell('VOLUME_RECOVERED', { node: recovery.node.id, epoch: this.durability.epoch });
  }

  /** Recovery gives a quorum to every entry that it found. */
  #keepRecovered(): void {
    const { base, durableAt } = this.#timeline;
    while (base + durableAt.length < this.#recovered) durableAt.push(this.#now);
  }

  /** The same writer again: entries beyond the recovered point never happened. */
  #reopen(node: Node): void {
    this.#timeline.truncate(this.#recovered);
    this.moveTo(node, this.#timeline);
  }

  /** Storage nodes talk to their peers: a segment that missed the newest epoch hears of it. */
  #spreadEpoch(): void {
    const { epoch, segments } = this.durability;
    if (segments.every((segment) => segment.epoch === epoch)) return;
    const knowing = segments.filter((segment) => segment.up && segment.epoch === epoch);
    for (const segment of segments) {
      if (!segment.up || segment.epoch === epoch) continue;
      if (knowing.some((peer) => this.#connects(peer.site, segment.site))) segment.epoch = epoch;
    }
  }

  #hasQuorums(node: Node): boolean {
    const reaches = this.#reachableFrom(node);
    return this.durability.hasQuorum('write', reaches) && this.durability.hasQuorum('read', reaches);
  }

  #reachableFrom(node: Node): (segment: Segment) => boolean {
    return (segment) => this.#connects(node.site, segment.site);
  }

  /** Only the present writer's ways are made: most segments and nodes never send one another anything. */
  #connects(a: Site, b: Site): boolean {
    return this.#context.network.sees(a, b);
  }

  /** From where the writer is now: it goes on from there until another one opens the volume. */
  #routes(): RouteTo {
    const { network } = this.#context;
    const { site } = this.#writer;
    return (segment) => ({ out: network.path(site, segment.site), back: network.path(segment.site, site) });
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
