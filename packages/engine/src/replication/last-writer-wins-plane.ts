import type { LastWriterWinsReplication } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Sample, WriteRequest } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import { RegionConflicts } from './region-conflicts.ts';
import { sampleOfRegion } from './region-lag.ts';
import { RegionReplica } from './region-replica.ts';
import { RegionStatements } from './region-statements.ts';
import { regionStream } from './region-stream.ts';
import { RegionsTruth } from './regions-truth.ts';
import { StorageGroups } from './storage-group.ts';
import type { Stream } from './stream.ts';
import type { PlaneTruth } from './truth.ts';

/**
 * Every Region takes writes and ships them to all others; per item the greatest timestamp wins everywhere. A read
 * merges what has arrived, so no event is needed to apply a remote write. A Region that is cut off goes on alone and
 * catches up by itself. Amazon DynamoDB Developer Guide, "How DynamoDB global tables work", and AWS Prescriptive
 * Guidance, "DynamoDB global tables" (multi-Region eventual consistency), read 2026-04.
 */
export class LastWriterWinsPlane implements DataPlane {
  readonly #context: PlaneContext;
  readonly #replicas: readonly RegionReplica[];
  readonly #groups: StorageGroups;
  readonly #conflicts: RegionConflicts;
  readonly foresight: RegionStatements;
  readonly timeline = null;

  constructor(context: PlaneContext, layout: LastWriterWinsReplication) {
    const { database, streams, agenda, recorder } = context;
    this.#context = context;
    this.#groups = new StorageGroups(layout.groups, context);
    this.#conflicts = new RegionConflicts(database, agenda, recorder);
    const random = streams.stream(`${database}/clock-error`);
    const commit = flushSampler(layout.commit);
    this.#replicas = layout.nodes.map((id, rank) => {
      const clockErrorUs = Math.round((random() * 2 - 1) * layout.clockError.value);
      const commitRandom = streams.stream(`${database}/${id}/flush`);
      return new RegionReplica(context.nodes.get(id) as Node, rank, clockErrorUs, () => commit(commitRandom));
    });
    this.foresight = new RegionStatements(context, this.#replicas, this.#conflicts);
    const delay = context.timing(layout.delayTiming);
    const drainPerSecond = layout.drainRate.value;
    for (const to of this.#replicas) {
      for (const from of this.#others(to)) {
        to.inbound.push({ from, stream: regionStream(context, from, to, delay, drainPerSecond) });
      }
    }
  }

  write(request: WriteRequest): void {
    this.foresight.write(request);
  }

  read(request: ReadRequest): void {
    this.foresight.read(request);
  }

  nodeStopped(): void {}

  settle(): void {
    for (const replica of this.#replicas) for (const { stream } of replica.inbound) stream.extend();
  }

  refresh(): void {
    this.#groups.refresh();
    for (const to of this.#replicas) for (const { from, stream } of to.inbound) this.#connect(from, to, stream);
    this.#conflicts.refresh();
  }

  refuses(): boolean {
    return false;
  }

  connected(): boolean | null {
    return null;
  }

  recoveryUs(): number {
    return 0;
  }

  sample(node: Node): Sample | null {
    const replica = this.#replicas.find((candidate) => candidate.node === node);
    return replica ? sampleOfRegion(replica, this.#others(replica), this.#now) : null;
  }

  truth(): PlaneTruth {
    return new RegionsTruth(this.#replicas);
  }

  execute(command: PlaneCommand): void {
    this.#groups.execute(command);
  }

  originWriter(): null {
    return null;
  }

  feed(): null {
    return null;
  }

  onFeedChanged(): void {}

  stallApply(node: string): () => void {
    return this.#pause(node, ['applyingPaused']);
  }

  /** Both into and out of the Region, as the AWS Fault Injection Service does it. */
  pauseReplication(node: string | null): () => void {
    return this.#pause(node, ['sendingPaused', 'applyingPaused']);
  }

  addRecoveryWork(): () => void {
    return () => {};
  }

  failSegment(): () => void {
    return () => {};
  }

  corrupt(key: number, op: number): void {
    const replica = this.#replicas.find((candidate) => candidate.node.acceptsWrites);
    if (!replica) return;
    this.#conflicts.wrote(key, replica.append(key, op, this.#now));
  }

  /** A stream flows while its ends work, the way is open and nobody paused it; the receiver applies it as it would a write. */
  #connect(from: RegionReplica, to: RegionReplica, stream: Stream): void {
    const { network, recorder, database } = this.#context;
    const paused = from.sendingPaused + to.applyingPaused > 0;
    const should =
      from.node.alive &&
      to.node.alive &&
      to.node.backing.writes &&
      !paused &&
      network.sees(from.node.site, to.node.site);
    if (stream.connected === should) return;
    if (should) stream.connect(this.#now);
    else stream.disconnect(this.#now, true);
    const state = should ? 'streaming' : 'broken';
    recorder.add({ type: 'replication', atUs: this.#now, database, from: from.node.id, to: to.node.id, state });
  }

  #pause(node: string | null, counters: readonly ('sendingPaused' | 'applyingPaused')[]): () => void {
    const paused = this.#replicas.filter((replica) => node === null || replica.node.id === node);
    const count = (step: 1 | -1) => {
      for (const replica of paused) for (const counter of counters) replica[counter] += step;
      this.refresh();
    };
    count(1);
    return () => count(-1);
  }

  #others(replica: RegionReplica): readonly RegionReplica[] {
    return this.#replicas.filter((other) => other !== replica);
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
