import type { PositionRecord, VolumeRecord } from '@faultline/trace';
import type { Node } from '../nodes/node.ts';
import type { Timeline } from './timeline.ts';

export type NodePosition = Pick<
  PositionRecord,
  'node' | 'volume' | 'timelineOf' | 'timeline' | 'receivedLsn' | 'appliedLsn' | 'part' | 'works'
>;

export type VolumePosition = Pick<VolumeRecord, 'epoch' | 'segments'>;

/** Where an acknowledged write is. */
export interface Whereabouts {
  /** Nodes, segments or members that hold it at the instant asked for. */
  /** Null when that is not known any more. */
  readonly heldBy: readonly string[] | null;
  readonly epoch?: number;
  readonly order?: number;
}

/** What one node that takes writes holds: `[key, number of the write, order]`. */
export interface NodeContents {
  readonly node: string;
  readonly items: readonly (readonly [key: number, op: number, order: number])[];
  readonly complete: boolean;
}

/** The physical truth about one database's data, whatever its charts believe: for observation records. */
export interface PlaneTruth {
  /** One entry for each node that keeps a position of its own. */
  positions(nowUs: number): readonly NodePosition[];
  /** `node` took the write at `lsn` of `timeline`. */
  whereabouts(node: Node, timeline: number, lsn: number, atUs: number): Whereabouts;
  contents(nowUs: number): readonly NodeContents[];
  /** Null where the data is on the nodes themselves. */
  volume(): VolumePosition | null;
  /** How much of the data plane's own work will end by itself: recoveries that run, copies that catch up. */
  underWay(nowUs: number): number;
}

export function positionOf(
  { id: node, volumeGeneration: volume, hostUp, storage }: Node,
  { owner, id: timeline }: Timeline,
  stands: Pick<NodePosition, 'receivedLsn' | 'appliedLsn' | 'part'>,
): NodePosition {
  return { node, volume, timelineOf: owner, timeline, ...stands, works: hostUp && storage === 'ok' };
}
