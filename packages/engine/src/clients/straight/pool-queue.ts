import type { Agenda } from '@faultline/clock';
import { ArrivalList, Listed } from '../../arrival-list.ts';
import type { Connection } from '../connection.ts';
import type { Borrower } from '../pool.ts';
import type { Course } from './course.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Timetable } from './timetable.ts';
import { Underway } from './underway.ts';

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

  /** The operation under way waits from now on. */
  wait(): void {
    const queued = this.#spare.pop() ?? new Queued((one, goOn) => this.#leaves(one, goOn), this.#opens);
    const { pool } = this.#operation.underway.client;
    queued.operation = this.#operation.exchange(queued.operation);
    queued.givesUpAtUs = this.#agenda.nowUs + this.#patienceUs;
    queued.place = this.#agenda.reservePlace();
    this.#waiting.add(queued);
    pool.join(queued);
    if (this.#waiting.first === queued) this.#foresee();
  }

  /** The one that has waited longest gives up. */
  go(): void {
    const queued = this.#waiting.first as Queued;
    queued.operation.client.pool.leave(queued);
    queued.borrowTimedOut();
  }

  /** Those that wait, when the run ends. */
  *all(): Generator<Underway, void, void> {
    for (const { operation } of this.#waiting) yield operation;
  }

  /** It is the operation under way as long as it goes on, in place of the one that made room for it. */
  #leaves(queued: Queued, goOn: (operation: StraightOperation) => void): void {
    const operation = this.#operation;
    const wasFirst = this.#waiting.first === queued;
    this.#waiting.delete(queued);
    if (wasFirst) this.#foresee();
    const madeRoom = operation.exchange(queued.operation);
    goOn(operation);
    queued.operation = operation.exchange(madeRoom);
    this.#spare.push(queued);
  }

  #foresee(): void {
    const { first } = this.#waiting;
    if (first === null) this.#timetable.clear(this.#line);
    else this.#timetable.set(this.#line, first.givesUpAtUs, first.place);
  }
}

class Queued extends Listed implements Borrower {
  operation = new Underway();
  givesUpAtUs = 0;
  /** Place of the giving up among the events of one instant. */
  place = 0;
  readonly #leaves: (queued: Queued, goOn: (operation: StraightOperation) => void) => void;
  readonly #opens: () => void;

  constructor(leaves: (queued: Queued, goOn: (operation: StraightOperation) => void) => void, opens: () => void) {
    super();
    this.#leaves = leaves;
    this.#opens = opens;
  }

  lend(connection: Connection, validate: boolean): void {
    this.#leaves(this, (operation) => operation.takenUp().lend(connection, validate));
  }

  open(): void {
    this.#leaves(this, this.#opens);
  }

  borrowTimedOut(): void {
    this.#leaves(this, (operation) => operation.takenUp().borrowTimedOut());
  }
}
