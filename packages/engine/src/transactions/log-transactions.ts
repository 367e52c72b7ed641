import { type Agenda, lognormal, type RandomStream, type Sampler } from '@faultline/clock';
import type { FollowerReplication, LogReplication, TransactionRules } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import type { Copy } from '../replication/copy.ts';
import type { PlaneContext } from '../replication/plane.ts';
import type { Timeline } from '../replication/timeline.ts';
import type { WriterLog } from '../replication/writer-log.ts';
import { tabulated } from '../tabulated.ts';
import { CommitAnswer } from './commit-answer.ts';
import { RowLocks } from './row-locks.ts';
import type { RowValue } from './row-versions.ts';
import { RunningTransaction, type TransactionGround, type TransactionRequest } from './running-transaction.ts';
import type { Snapshot } from './snapshot.ts';

/** The log that transactions of one database are written to, as its data plane has it now. */
export interface TransactionLog {
  writer(): WriterLog | null;
  copy(node: string): Copy | undefined;
  timeline(): Timeline;
  /** What a commit takes beside its durability, for statements that took `serviceUs`, in microseconds. */
  commitExtraUs(serviceUs: number): number;
  /** Crash recovery will have to redo one more transaction. */
  wrote(): void;
}

/** Runs transactions on a database with one log: those that write at its writer, others wherever they arrive. */
export class LogTransactions {
  readonly #agenda: Agenda;
  readonly #rules: TransactionRules;
  readonly #log: TransactionLog;
  readonly #visibilityRandom: RandomStream;
  readonly #visibility: Sampler;
  /** Rows held at the writer; a process that ended holds none. */
  #locks: { readonly of: WriterLog; readonly incarnation: number; readonly rows: RowLocks } | null = null;

  constructor(
    { agenda, streams, database }: PlaneContext,
    { transactions: rules }: LogReplication | FollowerReplication,
    log: TransactionLog,
  ) {
    if (!rules) throw new Error(`${database} runs no transactions`);
    this.#agenda = agenda;
    this.#rules = rules;
    this.#log = log;
    this.#visibilityRandom = streams.stream(`${database}/visibility`);
    const { visibility } = rules;
    this.#visibility =
      visibility === null
        ? () => 0
        : tabulated(
            lognormal({
              median: `${visibility.commitVisibility.value}us`,
              p95: `${visibility.commitVisibilityP95.value}us`,
            }),
          );
  }

  begin(request: TransactionRequest): void {
    const { node, exchange, steps } = request;
    const writes = steps.some(([kind]) => kind !== 'r');
    if (writes && !node.writable && !node.fenced) {
      exchange.replyAt(this.#agenda.nowUs + (request.serviceUs[0] ?? 0), { error: 'read-only' });
      return;
    }
    new RunningTransaction(writes ? this.#groundOfWriter(request) : this.#groundOfReader(node), request).proceed();
  }

  #groundOfReader(node: Node): TransactionGround {
    const { incarnation } = node;
    const log = this.#log;
    const isWriter = log.writer()?.node === node || !log.copy(node.id);
    return {
      agenda: this.#agenda,
      rules: this.#rules,
      locks: isWriter ? new RowLocks() : null,
      current: log.timeline(),
      snapshot: () => this.#snapshotAt(node),
      goesOn: () => node.incarnation === incarnation,
      commit: () => {},
    };
  }

  #groundOfWriter(request: TransactionRequest): TransactionGround {
    const { node, exchange, op, serviceUs } = request;
    const { incarnation } = node;
    const log = this.#log;
    const writer = log.writer();
    return {
      agenda: this.#agenda,
      rules: this.#rules,
      locks: writer ? this.#locksOf(writer) : null,
      current: log.timeline(),
      snapshot: () => this.#snapshotAt(node),
      // A fenced writer's commit never returns; nor does one on a disk that has stalled.
      goesOn: () =>
        node.incarnation === incarnation &&
        writer !== null &&
        log.writer() === writer &&
        writer.node === node &&
        !node.fenced &&
        node.storage !== 'stalled',
      commit: (changes, result, done) => {
        const totalUs = serviceUs.reduce((sum, us) => sum + us, 0);
        this.#commit(writer as WriterLog, op, changes, totalUs, { exchange, result, visible: done });
      },
    };
  }

  #commit(
    writer: WriterLog,
    op: number,
    changes: ReadonlyMap<number, RowValue>,
    serviceUs: number,
    answer: Pick<ConstructorParameters<typeof CommitAnswer>[0], 'exchange' | 'result' | 'visible'>,
  ): void {
    const agenda = this.#agenda;
    const delayUs = this.#visibility(this.#visibilityRandom);
    const extraUs = this.#log.commitExtraUs(serviceUs);
    const committing = new CommitAnswer({ ...answer, agenda, delayUs, extraUs });
    const lsn = writer.write(TRANSACTION_KEY, op, agenda.nowUs, committing);
    for (const [key, value] of changes) writer.timeline.rows.add(key, { lsn, value, delayUs });
    this.#log.wrote();
  }

  #snapshotAt(node: Node): Snapshot {
    const { nowUs } = this.#agenda;
    const copy = this.#log.copy(node.id);
    if (copy && this.#log.writer()?.node !== node)
      return { timeline: copy.timeline, head: copy.appliedHead(nowUs), asOfUs: null };
    const timeline = this.#log.timeline();
    return { timeline, head: timeline.durableHead(nowUs), asOfUs: nowUs };
  }

  #locksOf(writer: WriterLog): RowLocks {
    const { incarnation } = writer.node;
    if (this.#locks?.of !== writer || this.#locks.incarnation !== incarnation)
      this.#locks = { of: writer, incarnation, rows: new RowLocks() };
    return this.#locks.rows;
  }
}

/** Key of a transaction's entry in the log; its rows are a table of their own, and no plain key is 0. */
const TRANSACTION_KEY = 0;
