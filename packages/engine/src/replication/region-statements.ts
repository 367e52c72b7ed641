import type { Agenda } from '@faultline/clock';
import type { Exchange } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { type Commit, CommitInSight, type Look, LookTaken, promise, replyWith } from './commit.ts';
import type { CommitRequest, Foresight, LookRequest, PlaneContext, ReadRequest, WriteRequest } from './plane.ts';
import type { RegionConflicts } from './region-conflicts.ts';
import { regionStaleUs } from './region-lag.ts';
import type { RegionReplica, Version } from './region-replica.ts';

/** What clients ask of a table that every Region writes: each Region answers out of its own replica. */
export class RegionStatements implements Foresight {
  readonly #database: string;
  readonly #agenda: Agenda;
  readonly #replicas: readonly RegionReplica[];
  readonly #conflicts: RegionConflicts;
  readonly #committed = new CommitInSight();
  readonly #looked = new LookTaken();

  constructor({ database, agenda }: PlaneContext, replicas: readonly RegionReplica[], conflicts: RegionConflicts) {
    this.#database = database;
    this.#agenda = agenda;
    this.#replicas = replicas;
    this.#conflicts = conflicts;
  }

  write(request: WriteRequest): void {
    const { exchange, key } = request;
    const written = this.#append(request);
    const commit = this.#commitOf(written, request.serviceUs);
    this.register(commit, exchange);
    promise(exchange, commit);
    if (written !== null) this.#conflicts.wrote(key, written);
  }

  commit(request: CommitRequest): Commit {
    const written = this.#append(request);
    if (written !== null) this.#conflicts.wrote(request.key, written);
    return this.#commitOf(written, request.serviceUs);
  }

  register(commit: Commit, exchange: Exchange): void {
    if (commit.lsn > 0) this.#replica(exchange.node).log.register(commit.lsn, exchange, commit.extraUs);
  }

  read(request: ReadRequest): void {
    const look = this.look(request);
    request.exchange.replyAt(look.answersAtUs, replyWith(look));
  }

  /** Strong reads go through the leader as writes do, and are strong only for what this Region wrote. */
  look({ node, key, serviceUs, consistency }: LookRequest): Look {
    const answersAtUs = this.#agenda.nowUs + serviceUs;
    const serves = consistency === 'strong' ? node.acceptsWrites : node.acceptsReads;
    if (!serves) return this.#looked.refused('unavailable', answersAtUs);
    const seen = this.#replica(node).visible(key, this.#agenda.nowUs);
    const value = seen ? seen.origin.log.timeline.op(seen.lsn) : 0;
    return this.#looked.saw(answersAtUs, value, regionStaleUs(this.#replicas, key, seen, this.#agenda.nowUs));
  }

  /** Null when the Region takes no writes. */
  #append({ node, key, op }: CommitRequest): Version | null {
    return node.acceptsWrites ? this.#replica(node).append(key, op, this.#agenda.nowUs) : null;
  }

  #commitOf(written: Version | null, serviceUs: number): Commit {
    const { nowUs } = this.#agenda;
    if (written === null) return this.#committed.refused('unavailable', nowUs + serviceUs);
    const { origin, lsn } = written;
    return this.#committed.written(origin.log.timeline, lsn, nowUs, serviceUs);
  }

  #replica(node: Node): RegionReplica {
    for (const replica of this.#replicas) if (replica.node === node) return replica;
    throw new Error(`${node.id} holds no replica of ${this.#database}`);
  }
}
