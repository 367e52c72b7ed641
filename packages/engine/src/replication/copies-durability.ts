import type { Stream } from './stream.ts';
import type { Timeline } from './timeline.ts';
import type { Durability } from './writer-log.ts';

/** Durable when the writer's own volume and `acks` of the counting streams hold the entry. */
export class CopiesDurability implements Durability {
  acks: number;
  streams: readonly Stream[] = [];
  readonly #timeline: Timeline;
  readonly #waitsForFlush: boolean;

  /** `waitsForFlush` is false where a commit is answered before the writer's own volume holds it. */
  constructor(timeline: Timeline, acks: number, waitsForFlush = true) {
    this.#timeline = timeline;
    this.acks = acks;
    this.#waitsForFlush = waitsForFlush;
  }

  appended(): void {
    // Streams compute their columns when they are asked.
  }

  isInSight(): boolean {
    if (this.acks === 0) return true;
    let answering = 0;
    for (const stream of this.streams) if (stream.answers) answering++;
    return answering >= this.acks;
  }

  durableAtUs(lsn: number): number {
    const ownUs = this.#waitsForFlush ? this.#timeline.flushedAtUs(lsn) : this.#timeline.appendedAtUs(lsn);
    if (this.acks === 0) return ownUs;
    const { streams } = this;
    if (streams.length < this.acks) return Number.POSITIVE_INFINITY;
    if (this.acks > 1) {
      const acked = streams.map((stream) => stream.ackedAtUs(lsn));
      return Math.max(ownUs, smallest(acked, this.acks));
    }
    let firstUs = Number.POSITIVE_INFINITY;
    for (const stream of streams) {
      const ackedAtUs = stream.ackedAtUs(lsn);
      if (ackedAtUs < firstUs) firstUs = ackedAtUs;
    }
    return firstUs > ownUs ? firstUs : ownUs;
  }
}

/** The `rank`-th smallest value, counting from 1. */
export function smallest(values: number[], rank: number): number {
  if (rank === 1) return Math.min(...values);
  return values.sort((a, b) => a - b)[rank - 1] ?? Number.POSITIVE_INFINITY;
}
