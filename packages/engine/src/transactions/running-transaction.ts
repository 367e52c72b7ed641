import type { Agenda } from '@faultline/clock';
import type { Isolation, TransactionRules } from '@faultline/models';
import type { TransactionStep } from '@faultline/trace';
import type { Exchange, Reply } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import type { Timeline } from '../replication/timeline.ts';
import type { RowLocks } from './row-locks.ts';
import type { RowValue } from './row-versions.ts';
import { newestRow, rowIn, rowStaleUs, type Snapshot } from './snapshot.ts';

/** A transaction as it arrives at a node. */
export interface TransactionRequest {
  readonly exchange: Exchange;
  readonly node: Node;
  readonly op: number;
  readonly isolation: Isolation;
  readonly steps: readonly TransactionStep[];
  /** Time that the server takes for each step, in microseconds. */
  readonly serviceUs: readonly number[];
}

/** What a transaction needs of the database that runs it. */
export interface TransactionGround {
  readonly agenda: Agenda;
  readonly rules: TransactionRules;
  /** Rows that the writer's transactions hold; null at a copy. */
  readonly locks: RowLocks | null;
  readonly current: Timeline;
  snapshot(): Snapshot;
  /** Whether the process that began the transaction still runs, and would still accept a write if it writes. */
  goesOn(): boolean;
  /** Puts the changes into the log and answers when the durability rule is met; `done` when the rows may be given back. */
  commit(changes: ReadonlyMap<number, RowValue>, result: Reply, done: () => void): void;
}

/**
 * One transaction at work, a step after the other. In repeatable read all steps see the snapshot of the first, in
 * read committed each sees one of its own; both see what they wrote themselves. A write takes its row and waits for
 * whoever has it, and holds it until the transaction is visible to others or has failed.
 */
export class RunningTransaction {
  readonly #ground: TransactionGround;
  readonly #request: TransactionRequest;
  readonly #changes = new Map<number, RowValue>();
  readonly #done: TransactionStep[] = [];
  #snapshot: Snapshot | null = null;
  #staleUs = 0;

  constructor(ground: TransactionGround, request: TransactionRequest) {
    this.#ground = ground;
    this.#request = request;
  }

  /** Runs the next step. */
  readonly proceed = (): void => {
    const { exchange, steps, isolation } = this.#request;
    if (!this.#ground.goesOn()) {
      this.#giveUp();
      exchange.hold();
      return;
    }
    const step = steps[this.#done.length];
    if (step === undefined) {
      this.#commit();
      return;
    }
    if (isolation === 'read-committed' || this.#snapshot === null) this.#snapshot = this.#ground.snapshot();
    if (step[0] === 'r') this.#read(this.#snapshot, step[1]);
    else this.#take(step);
  };

  #read(snapshot: Snapshot, key: number): void {
    const own = this.#changes.get(key);
    const value = own === undefined ? (rowIn(snapshot, key)?.value ?? null) : own;
    const { agenda, current, locks } = this.#ground;
    if (locks === null) this.#staleUs = Math.max(this.#staleUs, rowStaleUs(current, snapshot, key, agenda.nowUs));
    this.#finishStep(['r', key, value]);
  }

  /** Takes the row of a write, or waits for it. */
  #take(step: TransactionStep): void {
    const { locks } = this.#ground;
    if (locks === null) throw new Error('a copy takes no writes');
    const granted = () => (this.#ground.goesOn() ? this.#write(step) : this.#giveUp());
    if (locks.acquire(step[1], this, granted)) this.#write(step);
  }

  #write(step: TransactionStep): void {
    const { rules, current } = this.#ground;
    const [kind, key, written] = step;
    const newest = newestRow(current, key);
    const seen = rowIn(this.#snapshot as Snapshot, key);
    const changed = newest !== null && newest.lsn !== seen?.lsn && !this.#changes.has(key);
    if (changed && this.#request.isolation === 'repeatable-read' && rules.changedRow === 'refused') {
      this.#fail('serialization-failure');
      return;
    }
    const before = this.#changes.get(key) ?? newest?.value ?? null;
    this.#changes.set(key, kind === 'append' ? [...listOf(before), written as number] : (written as number));
    this.#finishStep(step);
  }

  #finishStep(step: TransactionStep): void {
    const serviceUs = this.#request.serviceUs[this.#done.length] as number;
    this.#done.push(step);
    this.#ground.agenda.schedule(serviceUs, this.proceed);
  }

  #commit(): void {
    const { exchange } = this.#request;
    const result = { transaction: this.#done, staleUs: this.#staleUs };
    if (this.#changes.size === 0) exchange.replyAt(this.#ground.agenda.nowUs, result);
    else this.#ground.commit(this.#changes, result, () => this.#giveUp());
  }

  #fail(error: string): void {
    const { exchange } = this.#request;
    this.#giveUp();
    if (!exchange.isOver) exchange.replyAt(this.#ground.agenda.nowUs, { error });
  }

  #giveUp(): void {
    this.#ground.locks?.release(this);
  }
}

function listOf(value: RowValue): readonly number[] {
  return Array.isArray(value) ? value : [];
}
