import { type RandomStream, SECOND_US } from '@faultline/clock';
import type { FollowerReplication, LogReplication, Quantity } from '@faultline/models';
import type { PlaneContext } from './plane.ts';
import type { Timeline } from './timeline.ts';
import type { WriterLog } from './writer-log.ts';

/**
 * The log of a writer on its way to the Region's object storage, piece by piece at a fixed interval. A restore
 * brings back what was uploaded and nothing newer; a writer that is dead or cut off uploads nothing.
 */
export class LogUploads {
  readonly #context: PlaneContext;
  readonly #intervalUs: number;
  readonly #writer: () => WriterLog | null;
  #timeline: Timeline;
  #position: number;

  constructor(
    context: PlaneContext,
    interval: Quantity,
    random: RandomStream,
    timeline: Timeline,
    writer: () => WriterLog | null,
  ) {
    this.#context = context;
    this.#intervalUs = Math.round(interval.value * SECOND_US);
    this.#writer = writer;
    this.#timeline = timeline;
    this.#position = timeline.head;
    this.#next(Math.floor(random() * this.#intervalUs));
  }

  /** Newest position of `current` that a restore can bring back. */
  restorable(current: Timeline): number {
    return current.sharedWith(this.#timeline, this.#position);
  }

  /** The uploads of a database; null for one that uploads no log. */
  static of(
    context: PlaneContext,
    layout: LogReplication | FollowerReplication,
    timeline: Timeline,
    writer: () => WriterLog | null,
  ): LogUploads | null {
    if (layout.rule !== 'log' || !layout.logUploadInterval) return null;
    const random = context.streams.stream(`${context.database}/log-upload`);
    return new LogUploads(context, layout.logUploadInterval, random, timeline, writer);
  }

  #next(afterUs: number): void {
    this.#context.agenda.schedule(afterUs, () => {
      this.#upload();
      this.#next(this.#intervalUs);
    });
  }

  #upload(): void {
    const writer = this.#writer();
    if (!writer?.node.alive || writer.node.fenced || writer.node.storage !== 'ok') return;
    const { network, agenda } = this.#context;
    const { region, site } = writer.node;
    if (!network.connects(site, network.site(`object-storage/${region}`, region, null))) return;
    this.#timeline = writer.timeline;
    this.#position = writer.timeline.durableHead(agenda.nowUs);
  }
}
