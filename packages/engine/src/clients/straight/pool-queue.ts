import type { Agenda } from '@faultline/clock';
import { ArrivalList, Listed } from '../../arrival-list.ts';
import type { Connection } from '../connection.ts';
import type { Borrower, Waiter } from '../pool.ts';
import type { Course } from './course.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Timetable } from './timetable.ts';
import type { Underway } from './underway.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** Operations of a cohort that wait for a place in their client's pool, all of them for equally long at the most. */
export class PoolQueue implements Course {
  readonly #agenda: Agenda;
  readonly #patienceUs: number;
  readonly #operation: StraightOperation;
  readonly #opens: () => void;
  readonly #timetable: Timetable;
  readonly #line: number;
  /** The first one has waited longest, and is the first to give up. */
  readonly #waiting = new ArrivalList<Queued>();
  readonly #spare: Queued[] = [];

  /**
   * @param patienceUs How long an operation waits.
   * @param opens The operation under way opens a connection, while the one that made room is still at work: time must not pass.
   */
  constructor(
    agenda: Agenda,
    patienceUs: number,
    operation: StraightOperation,
    opens: () => void,
    timetable: Timetable,
    line: number,
  ) {
    this.#agenda = agenda;
    this.#patienceUs = patienceUs;
    this.#operation = operation;
    this.#opens = opens;
    this.#timetable = timetable;
    this.#line = line;
  }

  /** When the first of them gives up; Infinity when none waits. */
  get nextUs(): number {
    return this.#waiting.first?.operation.givesUpAtUs ?? NEVER;
  }

  /** An operation waits from now on. Nothing is foreseen. */
  add(operation: Underway): void {
    const queued = this.#spare.pop() ?? new Queued(this);
    operation.givesUpAtUs = this.#agenda.nowUs + this.#patienceUs;
    operation.place = this.#agenda.reservePlace();
    queued.operation = operation;
    this.#waiting.add(queued);
    queued.waiter = operation.client.pool.join(queued);
  }

  /** Takes out the operation that a borrower stands for; null where it is none of these. Nothing is foreseen. */
  take(borrower: Borrower): Underway | null {
    if (!(borrower instanceof Queued)) return null;
    this.#waiting.delete(borrower);
    this.#spare.push(borrower);
    return borrower.operation;
  }

  /** Writes into the timetable when the first one gives up. */
  foresee(): void {
    this.#timetable.set(this.#line, this.nextUs, this.#waiting.first?.operation.place ?? 0);
  }

  /** The one that has waited longest gives up. */
  go(): void {
    const queued = this.#waiting.first as Queued;
    queued.operation.client.pool.leave(queued.waiter);
    queued.borrowTimedOut();
  }

  /** Those that wait, when the run ends. */
  *all(): Generator<Underway, void, void> {
    for (const { operation } of this.#waiting) yield operation;
  }

  /** The operation that a borrower stands for opens a connection, in place of the one that made room for it. */
  opens(queued: Queued): void {
    this.leaves(queued, this.#opens);
  }

  /** It is the operation under way as long as it goes on, in place of the one that made room for it. */
  leaves(queued: Queued, goOn: (operation: StraightOperation) => void): void {
    const operation = this.#operation;
    this.take(queued);
    this.foresee();
    const madeRoom = operation.putAside(queued.operation);
    goOn(operation);
    operation.goOnWith(madeRoom);
  }
}

class Queued extends Listed implements Borrower {
  operation!: Underway;
  /** Its place in line at the pool of its client. */
  waiter!: Waiter;
  readonly #queue: PoolQueue;

  constructor(queue: PoolQueue) {
    super();
    this.#queue = queue;
  }

  lend(connection: Connection, validate: boolean): void {
    this.#queue.leaves(this, (operation) => operation.takenUp().lend(connection, validate));
  }

  open(): void {
    this.#queue.opens(this);
  }

  borrowTimedOut(): void {
    this.#queue.leaves(this, (operation) => operation.takenUp().borrowTimedOut());
  }
}
