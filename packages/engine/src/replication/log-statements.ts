import type { Agenda } from '@faultline/clock';
import type { FollowerReplication, LogReplication } from '@faultline/models';
import type { Exchange } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { LogTransactions } from '../transactions/log-transactions.ts';
import type { TransactionRequest } from '../transactions/running-transaction.ts';
import { type Commit, CommitInSight, type Look, LookTaken, promise, replyWith } from './commit.ts';
import { CommitSlowdown } from './commit-slowdown.ts';
import type { CopySet } from './copy-set.ts';
import type { LogSuccession } from './log-succession.ts';
import type { CommitRequest, Foresight, LookRequest, PlaneContext, ReadRequest, WriteRequest } from './plane.ts';
import { staleSinceUs } from './reading.ts';
import type { RecoveryWork } from './recovery-work.ts';
import type { Timeline } from './timeline.ts';
import type { WriterLog } from './writer-log.ts';

/** What clients ask of a database with one log: writes at its writer, reads wherever they arrive. */
export class LogStatements implements Foresight {
  readonly #context: PlaneContext;
  readonly #agenda: Agenda;
  readonly #layout: LogReplication | FollowerReplication;
  readonly #succession: LogSuccession;
  readonly #copies: CopySet;
  readonly #recovery: RecoveryWork;
  readonly #slowdown: CommitSlowdown;
  readonly #committed = new CommitInSight();
  readonly #looked = new LookTaken();
  #transactions: LogTransactions | null = null;

  constructor(
    context: PlaneContext,
    layout: LogReplication | FollowerReplication,
    succession: LogSuccession,
    copies: CopySet,
    recovery: RecoveryWork,
  ) {
    this.#context = context;
    this.#agenda = context.agenda;
    this.#layout = layout;
    this.#succession = succession;
    this.#copies = copies;
    this.#recovery = recovery;
    this.#slowdown = new CommitSlowdown(layout, copies, succession);
  }

  write(request: WriteRequest): void {
    const { exchange, node, key, op, serviceUs } = request;
    const writer = this.#writerAt(node);
    let commit: Commit;
    if (isReadOnly(node)) commit = this.#refused(serviceUs);
    else commit = writer === null ? this.#committed.held() : this.#append(writer, key, op, serviceUs);
    this.register(commit, exchange);
    promise(exchange, commit);
  }

  commit({ node, key, op, serviceUs }: CommitRequest): Commit | null {
    if (isReadOnly(node)) return this.#refused(serviceUs);
    const writer = this.#writerAt(node);
    return writer?.isInSight(key) ? this.#append(writer, key, op, serviceUs) : null;
  }

  register(commit: Commit, exchange: Exchange): void {
    if (commit.lsn > 0) this.#succession.writer?.register(commit.lsn, exchange, commit.extraUs);
  }

  read(request: ReadRequest): void {
    const look = this.look(request);
    request.exchange.replyAt(look.answersAtUs, replyWith(look));
  }

  look({ node, key, serviceUs }: LookRequest): Look {
    const { nowUs } = this.#agenda;
    const current = this.#succession.timeline as Timeline;
    const copy = this.#copies.get(node.id);
    const isWriter = this.#succession.writer?.node === node || !copy;
    const history = isWriter ? current : copy.timeline;
    const visible = isWriter ? current.durableHead(nowUs) : copy.appliedHead(nowUs);
    const version = history.versionAt(key, visible);
    const value = version === 0 ? 0 : history.op(version);
    const staleUs = staleSinceUs(current, history, version, key, nowUs);
    return this.#looked.saw(nowUs + serviceUs, value, staleUs, visible, history.id);
  }

  transact(request: TransactionRequest): void {
    this.#transactions ??= this.#openTransactions();
    this.#transactions.begin(request);
  }

  #refused(serviceUs: number): Commit {
    return this.#committed.refused('read-only', this.#agenda.nowUs + serviceUs);
  }

  #append(writer: WriterLog, key: number, op: number, serviceUs: number): Commit {
    const { nowUs } = this.#agenda;
    const { factor } = this.#slowdown;
    // A service time is whole microseconds.
    const statementUs = factor === 1 ? serviceUs : Math.round(serviceUs * factor);
    const extraUs = statementUs + this.#slowdown.heldBackUs(nowUs);
    const lsn = writer.append(key, op, nowUs);
    this.#recovery.wrote();
    return this.#committed.written(writer.timeline, lsn, nowUs, extraUs);
  }

  /**
   * The writer, if this is its node and appends what it is sent; else null. A fenced writer that still runs, and may not
   * know it, sends its log to copies that refuse it: the commit never returns.
   */
  #writerAt(node: Node): WriterLog | null {
    const { writer } = this.#succession;
    return writer?.node === node && !node.fenced && node.storage !== 'stalled' ? writer : null;
  }

  #openTransactions(): LogTransactions {
    const succession = this.#succession;
    return new LogTransactions(this.#context, this.#layout, {
      writer: () => succession.writer,
      copy: (node) => this.#copies.get(node),
      timeline: () => succession.timeline as Timeline,
      commitExtraUs: (serviceUs) =>
        Math.round(serviceUs * (this.#slowdown.factor - 1)) + this.#slowdown.heldBackUs(this.#agenda.nowUs),
      wrote: () => this.#recovery.wrote(),
    });
  }
}

/** It refuses writes, and says so. */
function isReadOnly({ writable, fenced }: Node): boolean {
  return !writable && !fenced;
}
