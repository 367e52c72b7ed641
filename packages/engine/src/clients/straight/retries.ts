import { type Agenda, EventHeap } from '@faultline/clock';
import type { Course } from './course.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Timetable } from './timetable.ts';
import { Underway } from './underway.ts';

/** Operations of a cohort that wait before their next attempt. */
export class Retries implements Course {
  readonly #agenda: Agenda;
  readonly #operation: StraightOperation;
  readonly #attempt: () => void;
  readonly #timetable: Timetable;
  readonly #line: number;
  /** By when each is due; a slot is a place among the operations. */
  readonly #due = new EventHeap();
  readonly #operations: Underway[] = [];
  readonly #spare: number[] = [];

  /** @param attempt Begins another attempt of the operation under way. */
  constructor(
    agenda: Agenda,
    operation: StraightOperation,
    attempt: () => void,
    timetable: Timetable,
    line: number,
  ) {
    this.#agenda = agenda;
    this.#operation = operation;
    this.#attempt = attempt;
    this.#timetable = timetable;
    this.#line = line;
  }

  /** The operation under way tries again after a while. */
  wait(forUs: number): void {
    const slot = this.#spare.pop() ?? this.#operations.push(new Underway()) - 1;
    this.#exchange(slot);
    this.#due.push(this.#agenda.nowUs + forUs, this.#agenda.reservePlace(), slot);
    this.#foresee();
  }

  go(): void {
    const slot = this.#due.topSlot;
    this.#due.pop();
    this.#foresee();
    this.#exchange(slot);
    this.#spare.push(slot);
    this.#attempt();
  }

  /** Those that wait, when the run ends. */
  all(): readonly Underway[] {
    return this.#operations.filter((_, slot) => !this.#spare.includes(slot));
  }

  #exchange(slot: number): void {
    this.#operations[slot] = this.#operation.exchange(this.#operations[slot] as Underway);
  }

  #foresee(): void {
    if (this.#due.count === 0) this.#timetable.clear(this.#line);
    else this.#timetable.set(this.#line, this.#due.topAtUs, this.#due.topOrder);
  }
}
