import type { Segment } from './segment.ts';

/** How many segments of a protection group make a quorum. */
export interface QuorumSizes {
  readonly write: number;
  readonly read: number;
}

/**
 * Whether the segments that work are a quorum of their protection group. Full segments hold data blocks and the log, tail segments
 * the log alone, so that sets of both kinds have to be counted apart (Verbitski et al., SIGMOD 2018, section 4.2): a
 * write quorum is any four of six, or all three full ones; a read quorum any three of six with a full one among them.
 * Every read quorum meets every write quorum, and some copy of the blocks is always among those that are read.
 */
export function isQuorum(
  kind: 'read' | 'write',
  group: readonly Segment[],
  works: (segment: Segment) => boolean,
  sizes: QuorumSizes,
): boolean {
  const working = group.filter(works);
  if (kind === 'read') return working.length >= sizes.read && working.some((segment) => segment.isFull);
  return working.length >= sizes.write || group.every((segment) => !segment.isFull || working.includes(segment));
}

/** Places of the full segments in their group; none when every segment is full, and counting them is enough. */
export function fullPlaces(group: readonly Segment[]): readonly number[] {
  const places = group.flatMap((segment, place) => (segment.isFull ? [place] : []));
  return places.length === group.length ? [] : places;
}
