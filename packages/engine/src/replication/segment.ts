import type { Path } from '../network/path.ts';
import type { Site } from '../network/site.ts';

/** One storage segment: a copy of one protection group in one AZ. */
export interface Segment {
  readonly id: string;
  /** The protection group that it belongs to. */
  readonly shard: number;
  readonly site: Site;
  /** It holds data blocks and the log; a tail segment holds the log alone. */
  readonly isFull: boolean;
  /** Its storage node works. A segment that is down, or new and being filled, takes no part in a quorum. */
  up: boolean;
  /** The newest volume epoch that it has heard of: it refuses a writer with an older one. */
  epoch: number;
}

/** The ways between a writer and a segment. */
export interface SegmentRoute {
  readonly out: Path;
  readonly back: Path;
}
