import type { Site } from '../network/site.ts';
import type { PlaneContext } from './plane.ts';
import type { Segment } from './segment.ts';
import type { SharedVolume } from './volume.ts';

/** Which segments are lost, and who takes their place: the volume's own repair, told to the charts and ordered by them. */
export class SegmentFailures {
  readonly #context: PlaneContext;
  readonly #volume: SharedVolume;
  readonly #connects: (a: Site, b: Site) => boolean;
  /** Faults that hold on the present storage node of a segment. */
  readonly #failures = new Map<Segment, number>();
  /** Counts the storage nodes that a segment has had: a fault heals only the one that it hit. */
  readonly #generations = new Map<Segment, number>();
  /** New segments that wait for peers to be filled from. */
  readonly #waiting = new Set<Segment>();

  constructor(context: PlaneContext, volume: SharedVolume, connects: (a: Site, b: Site) => boolean) {
    this.#context = context;
    this.#volume = volume;
    this.#connects = connects;
  }

  /** A segment fails: SEGMENT_LOST. The returned function brings it back with its data, unless it was replaced meanwhile: SEGMENT_RETURNED. */
  fail(id: string): () => void {
    const segment = this.#segment(id);
    const generation = this.#generation(segment);
    const before = this.#failures.get(segment) ?? 0;
    this.#failures.set(segment, before + 1);
    if (before === 0) {
      // Its data returns with it, if it does; what was under way to it is lost.
      segment.up = false;
      this.#tell('SEGMENT_LOST', segment);
    }
    return () => {
      if (this.#generation(segment) !== generation) return;
      const left = (this.#failures.get(segment) ?? 1) - 1;
      this.#failures.set(segment, left);
      if (left > 0) return;
      this.#waiting.delete(segment);
      segment.up = true;
      this.#tell('SEGMENT_RETURNED', segment);
    };
  }

  /** A new segment takes the place of a lost one, as soon as a read quorum of its peers can fill it. */
  replace(id: string): void {
    const segment = this.#segment(id);
    if (segment.up) return;
    this.#waiting.add(segment);
    this.fillReplacements();
  }

  /** Without a read quorum nobody knows what the newest entry is: then there is nothing to fill a segment from. */
  fillReplacements(): void {
    if (this.#waiting.size === 0) return;
    for (const segment of [...this.#waiting]) {
      if (!this.#volume.hasShardQuorum(segment.shard, 'read', (peer) => this.#connects(peer.site, segment.site)))
        continue;
      this.#waiting.delete(segment);
      this.#failures.delete(segment);
      this.#generations.set(segment, this.#generation(segment) + 1);
      this.#volume.replace(segment);
      this.#tell('SEGMENT_REPLACED', segment);
    }
  }

  #tell(fact: string, { id, shard }: Segment): void {
    this.#context.tell(fact, { segment: id, protectionGroup: shard + 1 });
  }

  #generation(segment: Segment): number {
    return this.#generations.get(segment) ?? 1;
  }

  #segment(id: string): Segment {
    const segment = this.#volume.segments.find((candidate) => candidate.id === id);
    if (!segment) throw new Error(`${this.#context.database} has no segment ${id}`);
    return segment;
  }
}
