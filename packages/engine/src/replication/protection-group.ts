import type { Segment, SegmentRoute } from './segment.ts';
import { fullPlaces, isQuorum, type QuorumSizes } from './segment-quorum.ts';

export type RouteTo = (segment: Segment) => SegmentRoute;

/** One protection group of a volume: its segments, each in its place, and the present writer's ways to them. */
export class ProtectionGroup {
  readonly segments: readonly Segment[];
  /** None where every segment is full. */
  readonly fullPlaces: readonly number[];
  readonly #sizes: QuorumSizes;
  #routeTo: RouteTo;
  /** Looked up when the writer first sends something. */
  #routes: readonly SegmentRoute[] | null = null;

  constructor(segments: readonly Segment[], sizes: QuorumSizes, routeTo: RouteTo) {
    this.segments = segments;
    this.fullPlaces = fullPlaces(segments);
    this.#sizes = sizes;
    this.#routeTo = routeTo;
  }

  /** By place. */
  get routes(): readonly SegmentRoute[] {
    this.#routes ??= this.segments.map(this.#routeTo);
    return this.#routes;
  }

  /** Another writer sends from elsewhere. */
  moveTo(routeTo: RouteTo): void {
    this.#routeTo = routeTo;
    this.#routes = null;
  }

  /** Whether the segment takes what a writer with this epoch sends, and the writer hears of it. */
  accepts(place: number, writerEpoch: number): boolean {
    const segment = this.segments[place] as Segment;
    if (!segment.up || segment.epoch > writerEpoch) return false;
    const { out, back } = this.routes[place] as SegmentRoute;
    return out.open && back.open;
  }

  /** Whether a write that a writer with this epoch sends now will have its quorum. */
  acceptsWrites(writerEpoch: number): boolean {
    let missing = this.#sizes.write;
    for (let place = 0; missing > 0 && place < this.segments.length; place++)
      if (this.accepts(place, writerEpoch)) missing--;
    if (missing === 0) return true;
    return this.fullPlaces.length > 0 && this.fullPlaces.every((place) => this.accepts(place, writerEpoch));
  }

  hasQuorum(kind: 'read' | 'write', works: (segment: Segment) => boolean): boolean {
    return isQuorum(kind, this.segments, works, this.#sizes);
  }
}
