import type { Copy } from './copy.ts';
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
    return this.acks === 0 || this.#answering() >= this.acks;
  }

  durableAtUs(lsn: number): number {
    const ownUs = this.#waitsForFlush ? this.#timeline.flushedAtUs(lsn) : this.#timeline.appendedAtUs(lsn);
    if (this.acks === 0) return ownUs;
    const ackedAtUs = this.acks === 1 ? this.#firstAckedAtUs(lsn) : this.#ackedAtUs(lsn);
    return ackedAtUs > ownUs ? ackedAtUs : ownUs;
  }

  /** How many streams will let the sender know of what it sends now. */
  #answering(): number {
    const { streams } = this;
    let answering = 0;
    // By places here and below, for every write comes this way: to iterate costs V8 as much code as all else in the function.
    for (let place = 0; place < streams.length; place++) if ((streams[place] as Stream).answers) answering++;
    return answering;
  }

  /** When the first copy has it, as far as the sender knows. */
  #firstAckedAtUs(lsn: number): number {
    const { streams } = this;
    let firstUs = Number.POSITIVE_INFINITY;
    for (let place = 0; place < streams.length; place++) {
      const ackedAtUs = (streams[place] as Stream).ackedAtUs(lsn);
      if (ackedAtUs < firstUs) firstUs = ackedAtUs;
    }
    return firstUs;
  }

  /** When as many as have to have it do. */
  #ackedAtUs(lsn: number): number {
    const { streams } = this;
    if (streams.length < this.acks) return Number.POSITIVE_INFINITY;
    return smallest(
      streams.map((stream) => stream.ackedAtUs(lsn)),
      this.acks,
    );
  }
}

/** Of the streams to these copies those whose acknowledgement counts. */
export function countingStreams(copies: readonly Copy[]): readonly Stream[] {
  const streams: Stream[] = [];
  // After every change of the world: lists of lists to be joined would cost more than all else that is done then.
  for (const { durable, attached, stream } of copies) if (durable && attached && stream) streams.push(stream);
  return streams;
}

/** The `rank`-th smallest value, counting from 1. */
export function smallest(values: number[], rank: number): number {
  if (rank === 1) return Math.min(...values);
  return values.sort((a, b) => a - b)[rank - 1] ?? Number.POSITIVE_INFINITY;
}
