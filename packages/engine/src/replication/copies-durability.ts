import type { Stream } from './stream.ts';
import type { Timeline } from './timeline.ts';
import type { Durability } from './writer-log.ts';

/** Durable when the writer's own volume and `acks` of the counting streams hold the entry. */
export class CopiesDurability implements Durability {
  acks: number;
  streams: readonly Stream[] = [];
  readonly #timeline: Timeline;

  constructor(timeline: Timeline, acks: number) {
    this.#timeline = timeline;
    this.acks = acks;
  }

  appended(): void {
    // Streams compute their columns when they are asked.
  }

  durableAtUs(lsn: number): number {
    const ownUs = this.#timeline.flushedAtUs(lsn);
    if (this.acks === 0) return ownUs;
    if (this.streams.length < this.acks) return Number.POSITIVE_INFINITY;
    return Math.max(ownUs, smallest(this.streams.map((stream) => stream.ackedAtUs(lsn)), this.acks));
  }
}

/** The `rank`-th smallest value, counting from 1. */
export function smallest(values: number[], rank: number): number {
  if (rank === 1) return Math.min(...values);
  return values.sort((a, b) => a - b)[rank - 1] ?? Number.POSITIVE_INFINITY;
}
