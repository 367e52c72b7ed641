import type { Node } from '../nodes/node.ts';
import type { ApplyWatch } from './apply-watch.ts';
import type { Copy } from './copy.ts';
import type { CopySet } from './copy-set.ts';
import type { Timeline } from './timeline.ts';
import { type NodeContents, type NodePosition, type PlaneTruth, positionOf, type Whereabouts } from './truth.ts';
import type { VolumeRecovery } from './volume-recovery.ts';
import type { WriterLog } from './writer-log.ts';

/** The writer of the moment, and when its process ended, if it has. */
interface WriterState {
  readonly writer: WriterLog | null;
  readonly endedAtUs: number | null;
}

/** The truth about one log and its copies. */
export class LogTruth implements PlaneTruth {
  readonly #copies: CopySet;
  readonly #volume: VolumeRecovery | null;
  readonly #applyWatch: ApplyWatch;
  readonly #state: WriterState;

  constructor(copies: CopySet, volume: VolumeRecovery | null, applyWatch: ApplyWatch, state: WriterState) {
    this.#copies = copies;
    this.#volume = volume;
    this.#applyWatch = applyWatch;
    this.#state = state;
  }

  positions(nowUs: number) {
    this.#volume?.noteHolders();
    const { writer } = this.#state;
    const result: NodePosition[] = [];
    for (const copy of this.#copies.all()) {
      const { node } = copy;
      if (!node.exists) continue;
      if (writer?.node === node) result.push(this.#writersPosition(writer, nowUs));
      else {
        const [receivedLsn, appliedLsn] = [copy.receivedHead(nowUs), copy.appliedHead(nowUs)];
        const part = copy.attached && copy.stream ? ('follows' as const) : ('detached' as const);
        result.push(positionOf(node, copy.timeline, { receivedLsn, appliedLsn, part }));
      }
    }
    return result;
  }

  whereabouts(_node: Node, timelineId: number, lsn: number, atUs: number): Whereabouts {
    const volume = this.#volume;
    const current = this.#state.writer;
    if (volume) return { heldBy: volume.heldBy(lsn), epoch: volume.durability.writerEpoch };
    if (current?.timeline.id !== timelineId) return { heldBy: null };
    const heldBy: string[] = current.timeline.flushedAtUs(lsn) <= atUs ? [current.node.id] : [];
    for (const copy of this.#copies.all()) if (holds(copy, current.timeline, lsn, atUs)) heldBy.push(copy.node.id);
    return { heldBy };
  }

  /** What the node that writes would answer a reader with. */
  contents(nowUs: number): readonly NodeContents[] {
    const current = this.#state.writer;
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
    if (!this.#volume) return null;
    const { epoch, segments } = this.#volume.durability;
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
    return (this.#volume?.recovers ? 1 : 0) + (this.#applyWatch.isUnderWay ? 1 : 0) + this.#copies.catchingUp;
  }

  #writersPosition({ node, timeline }: WriterLog, nowUs: number) {
    // A process that is gone flushes nothing any more, though its columns still hold what it would have flushed.
    const untilUs = Math.min(nowUs, node.alive ? nowUs : (this.#state.endedAtUs ?? nowUs));
    const appliedLsn = timeline.durableHead(untilUs);
    const receivedLsn = this.#volume ? appliedLsn : timeline.flushedHead(untilUs);
    return positionOf(node, timeline, { receivedLsn, appliedLsn, part: 'writes' });
  }
}

/** Whether a copy that follows `timeline` has the entry on its volume. */
function holds({ stream, durable }: Copy, timeline: Timeline, lsn: number, atUs: number): boolean {
  return durable && stream?.timeline === timeline && stream.arrivesAtUs(lsn) <= atUs;
}
