import { SECOND_US, type Sampler } from '@faultline/clock';
import type { LastWriterWinsReplication } from '@faultline/models';
import type { ConflictRecord } from '@faultline/trace';
import type { Node } from '../nodes/node.ts';
import { CopiesDurability } from './copies-durability.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Sample, WriteRequest } from './plane.ts';
import { flushSampler } from './plane-options.ts';
import { Stream } from './stream.ts';
import { Timeline } from './timeline.ts';
import { WriterLog } from './writer-log.ts';

/** One Region's replica: its own log of local writes, and a stream from every other Region. */
interface Replica {
  readonly node: Node;
  readonly log: WriterLog;
  /** Error of this Region's clock against true time, in microseconds; fixed for the run. */
  readonly clockErrorUs: number;
  readonly inbound: { readonly from: Replica; readonly stream: Stream }[];
  paused: number;
}

/** A version of an item as one Region sees it. */
interface Version {
  readonly lsn: number;
  readonly origin: Replica;
  readonly stampUs: number;
}

/**
 * Every Region takes writes and ships them to all others; per item the greatest timestamp wins, ties by the order
 * of the Regions (the tie-break is not published: an assumption). A read merges what has arrived, so no event is
 * needed to apply a remote write.
 */
export class LastWriterWinsPlane implements DataPlane {
  readonly #context: PlaneContext;
  readonly #replicas: readonly Replica[];
  readonly timeline = null;

  constructor(context: PlaneContext, layout: LastWriterWinsReplication) {
    this.#context = context;
    const random = context.streams.stream(`${context.database}/clock-error`);
    this.#replicas = layout.nodes.map((id, index) => {
      const node = context.nodes.get(id) as Node;
      const timeline = new Timeline(index + 1, null, 0);
      const flush = flushSampler(layout.commit);
      const log = new WriterLog(node, timeline, new CopiesDurability(timeline, 0), flush, context.streams.stream(`${context.database}/${id}/flush`));
      const clockErrorUs = Math.round((random() * 2 - 1) * layout.clockError.value);
      return { node, log, clockErrorUs, inbound: [], paused: 0 };
    });
    const delay = context.timing(layout.delayTiming);
    for (const to of this.#replicas) for (const from of this.#replicas) if (from !== to) to.inbound.push({ from, stream: this.#stream(from, to, delay) });
  }

  write(request: WriteRequest): void {
    const { exchange, node, key, op } = request;
    if (!node.writable) {
      exchange.replyAt(this.#now + request.serviceUs, { error: 'unavailable' });
      return;
    }
    const replica = this.#replica(node);
    this.#detectConflicts(replica, key, op);
    replica.log.append(key, op, this.#now, exchange, request.serviceUs);
  }

  read(request: ReadRequest): void {
    const { exchange, node, key } = request;
    if (request.consistency === 'strong' && !node.writable) {
      exchange.replyAt(this.#now + request.serviceUs, { error: 'unavailable' });
      return;
    }
    const replica = this.#replica(node);
    const seen = this.#versionAt(replica, key);
    const value = seen ? seen.origin.log.timeline.op(seen.lsn) : 0;
    exchange.replyAt(this.#now + request.serviceUs, { value, staleUs: this.#staleUs(key, seen) });
  }

  nodeStopped(): void {}

  settle(): void {
    for (const replica of this.#replicas) for (const { stream } of replica.inbound) stream.extend();
  }

  refresh(): void {
    for (const to of this.#replicas) {
      for (const { from, stream } of to.inbound) {
        const { out, back } = this.#paths(from, to);
        const should = from.node.alive && to.node.alive && from.paused + to.paused === 0 && out.open && back.open;
        if (stream.connected === should) continue;
        if (should) stream.connect(this.#now);
        else stream.disconnect(this.#now, true);
        this.#context.recorder.add({
          type: 'replication',
          atUs: this.#now,
          database: this.#context.database,
          from: from.node.id,
          to: to.node.id,
          state: should ? 'streaming' : 'broken',
        });
      }
    }
  }

  connected(): boolean | null {
    return null;
  }

  recoveryUs(): number {
    return 0;
  }

  /** Lag of a Region: of the source that it is furthest behind. What it lacks is at risk if that source is lost for good. */
  sample(node: Node): Sample | null {
    const replica = this.#replicas.find((candidate) => candidate.node === node);
    if (!replica) return null;
    const now = this.#now;
    let worst: Sample = { lagUs: 0, lagEntries: 0, atRiskEntries: 0, atRiskUs: 0 };
    for (const { from, stream } of replica.inbound) {
      const { timeline } = from.log;
      const received = stream.receivedHead(now);
      const lagEntries = timeline.durableHead(now) - received;
      const lagUs = lagEntries <= 0 ? 0 : now - timeline.appendedAtUs(received + 1);
      if (lagUs > worst.lagUs) worst = { lagUs, lagEntries, atRiskEntries: lagEntries, atRiskUs: lagUs };
    }
    return worst;
  }

  execute(command: PlaneCommand): void {
    throw new Error(`${command.type} does not apply to a table whose Regions are all writers`);
  }

  feed(): null {
    return null;
  }

  onFeedChanged(): void {}

  stallApply(node: string): () => void {
    return this.pauseReplication(node);
  }

  pauseReplication(node: string | null): () => void {
    const paused = this.#replicas.filter((replica) => node === null || replica.node.id === node);
    for (const replica of paused) replica.paused++;
    this.refresh();
    return () => {
      for (const replica of paused) replica.paused--;
      this.refresh();
    };
  }

  addRecoveryWork(): () => void {
    return () => {};
  }

  failSegment(): () => void {
    return () => {};
  }

  corrupt(key: number, op: number): void {
    const replica = this.#replicas.find((candidate) => candidate.node.acceptsWrites);
    replica?.log.append(key, op, this.#now, null, 0);
  }

  /** Writes of other Regions to this item that have not arrived here have not seen this one either: one of each pair is lost. */
  #detectConflicts(replica: Replica, key: number, op: number): void {
    const now = this.#now;
    const stampUs = now + replica.clockErrorUs;
    for (const { from, stream } of replica.inbound) {
      const { timeline } = from.log;
      const lsn = timeline.versionAt(key, timeline.head);
      if (lsn === 0 || stream.arrivesAtUs(lsn) <= now) continue;
      const otherWins = timeline.appendedAtUs(lsn) + from.clockErrorUs > stampUs;
      const other = { op: timeline.op(lsn), node: from.node.id };
      const own = { op, node: replica.node.id };
      const [winner, loser] = otherWins ? [other, own] : [own, other];
      this.#context.recorder.add({
        type: 'conflict',
        atUs: now,
        database: this.#context.database,
        key,
        winnerOp: winner.op,
        winnerNode: winner.node,
        loserOp: loser.op,
        loserNode: loser.node,
      } satisfies ConflictRecord);
    }
  }

  /** The version that wins among those that this Region has: its own and what has arrived. */
  #versionAt(replica: Replica, key: number): Version | null {
    const now = this.#now;
    const own = replica.log.timeline;
    let winner = this.#version(replica, own.versionAt(key, own.durableHead(now)));
    for (const { from, stream } of replica.inbound) {
      const arrived = this.#version(from, from.log.timeline.versionAt(key, stream.receivedHead(now)));
      if (arrived && (!winner || arrived.stampUs > winner.stampUs)) winner = arrived;
    }
    return winner;
  }

  #version(origin: Replica, lsn: number): Version | null {
    return lsn === 0 ? null : { lsn, origin, stampUs: origin.log.timeline.appendedAtUs(lsn) + origin.clockErrorUs };
  }

  /** Age of the oldest acknowledged version anywhere that beats what was read. */
  #staleUs(key: number, seen: Version | null): number {
    const now = this.#now;
    let staleUs = 0;
    for (const replica of this.#replicas) {
      const { timeline } = replica.log;
      const newest = this.#version(replica, timeline.versionAt(key, timeline.durableHead(now)));
      if (newest && (!seen || newest.stampUs > seen.stampUs)) staleUs = Math.max(staleUs, now - timeline.durableAtUs(newest.lsn));
    }
    return staleUs;
  }

  #stream(from: Replica, to: Replica, delay: Sampler): Stream {
    const { streams, database } = this.#context;
    const name = `${database}/${from.node.id}/${to.node.id}`;
    const random = streams.stream(`${name}/delay`);
    // The replication pipeline's delay wanders slowly: one draw holds for a second, else the slowest of many
    // independent draws would hold up all behind it.
    let untilUs = 0;
    let delayUs = 0;
    const extraDelay = (leavesAtUs: number): number => {
      if (leavesAtUs >= untilUs) {
        untilUs = leavesAtUs - (leavesAtUs % SECOND_US) + SECOND_US;
        delayUs = delay(random);
      }
      return delayUs;
    };
    return new Stream({
      feed: from.log,
      base: 0,
      appliedBase: 0,
      ...this.#paths(from, to),
      flush: () => 0,
      apply: null,
      sendRandom: random,
      applyRandom: random,
      fromUs: 0,
      extraDelay,
    });
  }

  #paths(from: Replica, to: Replica) {
    const { network } = this.#context;
    return { out: network.path(from.node.site, to.node.site), back: network.path(to.node.site, from.node.site) };
  }

  #replica(node: Node): Replica {
    const replica = this.#replicas.find((candidate) => candidate.node === node);
    if (!replica) throw new Error(`${node.id} holds no replica of ${this.#context.database}`);
    return replica;
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
