import type { Node } from '../nodes/node.ts';
import type { Copy } from './copy.ts';
import type { CopySet } from './copy-set.ts';
import type { Timeline } from './timeline.ts';
import { type NodeContents, type NodePosition, type PlaneTruth, positionOf, type Whereabouts } from './truth.ts';
import type { VolumeRecovery } from './volume-recovery.ts';
import type { WriterLog } from './writer-log.ts';

/** What a log plane lets observers see. */
interface LogView {
  readonly copies: CopySet;
  readonly volume: VolumeRecovery | null;
  readonly writer: () => WriterLog | null;
  /** When the writer's process ended, if it has. */
  readonly endedAtUs: () => number | null;
  readonly applies: () => boolean;
}

/** The truth about one log and its copies. */
export class LogTruth implements PlaneTruth {
  readonly #view: LogView;

  constructor(view: LogView) {
    this.#view = view;
  }

  positions(nowUs: number) {
    const { copies, writer, volume } = this.#view;
    volume?.durability.noteHolders(nowUs);
    const current = writer();
    const result: NodePosition[] = [];
    for (const copy of copies.all()) {
      const { node } = copy;
      if (!node.exists) continue;
      if (current?.node === node) result.push(this.#writersPosition(current, nowUs));
      else {
        const [receivedLsn, appliedLsn] = [copy.receivedHead(nowUs), copy.appliedHead(nowUs)];
        const part = copy.attached && copy.stream ? ('follows' as const) : ('detached' as const);
        result.push(positionOf(node, copy.timeline, { receivedLsn, appliedLsn, part }));
      }
    }
    return result;
  }

  whereabouts(_node: Node, timelineId: number, lsn: number, atUs: number): Whereabouts {
    const { volume, writer, copies } = this.#view;
    const current = writer();
    if (volume) return { heldBy: volume.durability.heldAt(lsn), epoch: volume.durability.writerEpoch };
    if (current?.timeline.id !== timelineId) return { heldBy: null };
    const heldBy: string[] = current.timeline.flushedAtUs(lsn) <= atUs ? [current.node.id] : [];
    for (const copy of copies.all()) if (holds(copy, current.timeline, lsn, atUs)) heldBy.push(copy.node.id);
    return { heldBy };
  }

  /** What the node that writes would answer a reader with. */
  contents(nowUs: number): readonly NodeContents[] {
    const current = this.#view.writer();
    if (!current) return [];
    const { timeline, node } = current;
    const head = timeline.durableHead(nowUs);
    const items = [...timeline.keys()]
      .map((key) => [key, timeline.versionAt(key, head)] as const)
      .filter(([, lsn]) => lsn > 0)
      .map(([key, lsn]) => [key, timeline.op(lsn), lsn] as const);
    return [{ node: node.id, items, complete: true }];
  }

  volume() {
    const { volume } = this.#view;
    if (!volume) return null;
    const { epoch, segments } = volume.durability;
    return {
      epoch,
      segments: segments.map(({ id, site, shard, up, epoch: known }) => ({
        segment: id,
        az: site.az ?? site.region,
        protectionGroup: shard + 1,
        up,
        epoch: known,
      })),
    };
  }

  underWay(): number {
    const { volume, copies, applies } = this.#view;
    return (volume?.recovers ? 1 : 0) + (applies() ? 1 : 0) + copies.catchingUp;
  }

  #writersPosition({ node, timeline }: WriterLog, nowUs: number) {
    // A process that is gone flushes nothing any more, though its columns still hold what it would have flushed.
    const untilUs = Math.min(nowUs, node.alive ? nowUs : (this.#view.endedAtUs() ?? nowUs));
    const appliedLsn = timeline.durableHead(untilUs);
    const receivedLsn = this.#view.volume ? appliedLsn : timeline.flushedHead(untilUs);
    return positionOf(node, timeline, { receivedLsn, appliedLsn, part: 'writes' });
  }
}

/** Whether a copy that follows `timeline` has the entry on its volume. */
function holds({ stream, durable }: Copy, timeline: Timeline, lsn: number, atUs: number): boolean {
  return durable && stream?.timeline === timeline && stream.arrivesAtUs(lsn) <= atUs;
}
