import type { LogReplication } from '@faultline/models';
import type { Site } from '../network/site.ts';
import type { Node } from '../nodes/node.ts';
import type { PlaneContext } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import type { Timeline } from './timeline.ts';
import { type Segment, SharedVolume } from './volume.ts';
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
  readonly #context: PlaneContext;
  readonly #segments: readonly Segment[];
  readonly #failures = new Map<string, number>();
  #writerSite: Site;
  #timeline: Timeline;
  #recovery: Recovery | null = null;
  #recovered = 0;

  constructor(context: PlaneContext, layout: LogReplication, timeline: Timeline) {
    this.#context = context;
    this.#timeline = timeline;
    this.#segments = layout.streams
      .filter((stream) => !context.nodes.has(stream.to))
      .map((stream) => ({
        id: stream.to,
        shard: stream.shard ?? 0,
        site: context.network.site(`${context.database}/${stream.to}`, stream.region, stream.az),
        up: true,
      }));
    this.#writerSite = (context.nodes.get(layout.writer) as Node).site;
    this.durability = new SharedVolume({
      segments: this.#segments,
      shards: layout.shards ?? 1,
      writeQuorum: layout.acks,
      readQuorum: layout.readQuorum ?? 1,
      persist: flushSampler(layout.flush),
      random: context.streams.stream(`${context.database}/volume`),
      timeline,
      paths: (segment) => this.#paths(segment),
    });
  }

  reconsider(): void {
    this.durability.reconsider(this.#now);
    this.#tryToRecover();
  }

  moveTo(node: Node, timeline: Timeline): void {
    this.#writerSite = node.site;
    this.#timeline = timeline;
    this.durability.moveTo(timeline, (segment) => this.#paths(segment));
  }

  /** Orders a recovery for `node`; `writer` is the log as it was. Answered by VOLUME_RECOVERED. */
  begin(id: string, recoveryUs: number, writer: WriterLog | null): void {
    const node = this.#context.nodes.get(id) as Node;
    this.#recovery = { node, recoveryUs, writer, started: false };
    this.#tryToRecover();
  }

  /** The point to which the last recovery rebuilt the log. */
  recoveredHead(): number {
    return this.#recovered;
  }

  /** A segment fails; the returned function repairs it from its peers. */
  failSegment(id: string): () => void {
    this.#count(id, 1);
    return () => this.#count(id, -1);
  }

  replaceSegment(id: string): void {
    this.#failures.delete(id);
    this.#update(id);
  }

  #count(id: string, by: number): void {
    this.#failures.set(id, Math.max(0, (this.#failures.get(id) ?? 0) + by));
    this.#update(id);
  }

  #update(id: string): void {
    for (const segment of this.#segments) if (segment.id === id) segment.up = (this.#failures.get(id) ?? 0) === 0;
  }

  /** Needs a write quorum to raise the epoch and a read quorum to find the end of the log. */
  #tryToRecover(): void {
    const recovery = this.#recovery;
    if (!recovery || recovery.started) return;
    const reaches = (segment: Segment) => this.#reaches(recovery.node.site, segment);
    if (!this.durability.hasQuorum('write', reaches) || !this.durability.hasQuorum('read', reaches)) return;
    recovery.started = true;
    this.durability.epoch++;
    this.#recovered = this.durability.recoverableHead(this.#now, reaches);
    this.#context.agenda.schedule(recovery.recoveryUs, () => this.#finish(recovery));
  }

  #finish(recovery: Recovery): void {
    if (this.#recovery !== recovery) return;
    this.#recovery = null;
    if (recovery.writer?.node === recovery.node) {
      // The same writer again: entries beyond the recovered point never happened.
      this.#timeline.truncate(this.#recovered);
      this.durability.moveTo(this.#timeline, (segment) => this.#paths(segment));
      while (this.#timeline.base + this.#timeline.durableAt.length < this.#recovered) this.#timeline.durableAt.push(this.#now);
    }
    this.#context.tell('VOLUME_RECOVERED', { node: recovery.node.id, epoch: this.durability.epoch });
  }

  #reaches(site: Site, segment: Segment): boolean {
    const { network } = this.#context;
    return network.path(site, segment.site).open && network.path(segment.site, site).open;
  }

  #paths(segment: Segment) {
    const { network } = this.#context;
    return { out: network.path(this.#writerSite, segment.site), back: network.path(segment.site, this.#writerSite) };
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
