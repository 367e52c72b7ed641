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
  let [working, fulls, fullsWorking] = [0, 0, 0];
  for (const segment of group) {
    const isWorking = works(segment);
    if (isWorking) working++;
    if (!segment.isFull) continue;
    fulls++;
    if (isWorking) fullsWorking++;
  }
  if (kind === 'read') return working >= sizes.read && fullsWorking > 0;
  return working >= sizes.write || fullsWorking === fulls;
}

/** Places of the full segments in their group; none when every segment is full, and counting them is enough. */
export function fullPlaces(group: readonly Segment[]): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < group.length; place++) if ((group[place] as Segment).isFull) places.push(place);
  return places.length === group.length ? [] : places;
}
