import { type Agenda, EventHeap } from '@faultline/clock';
import type { Course } from './course.ts';
import type { Timetable } from './timetable.ts';
import type { Underway } from './underway.ts';

/** Operations of a cohort that wait before their next attempt. */
export class Retries implements Course {
  readonly line: number;
  readonly #agenda: Agenda;
  readonly #tries: (operation: Underway) => void;
  readonly #timetable: Timetable;
  /** By when each is due; a slot is a place among the operations. */
  readonly #due = new EventHeap();
  readonly #operations: (Underway | null)[] = [];
  readonly #spare: number[] = [];

  /** @param tries Begins another attempt of the operation. */
  constructor(agenda: Agenda, tries: (operation: Underway) => void, timetable: Timetable, line: number) {
    this.line = line;
    this.#agenda = agenda;
    this.#tries = tries;
    this.#timetable = timetable;
  }

  /** When the first of them is due; Infinity when none waits. */
  get nextUs(): number {
    return this.#due.topAtUs;
  }

  /** Its place among the events of that instant. */
  get place(): number {
    return this.#due.count === 0 ? 0 : this.#due.topOrder;
  }

  /** An operation waits from now on. Nothing is foreseen. */
  add(operation: Underway, forUs: number): void {
    const slot = this.#spare.pop() ?? this.#operations.length;
    this.#operations[slot] = operation;
    this.#due.push(this.#agenda.nowUs + forUs, this.#agenda.reservePlace(), slot);
  }

  /** The first one waits no more. Nothing is foreseen. */
  removeFirst(): Underway {
    const slot = this.#due.topSlot;
    const operation = this.#operations[slot] as Underway;
    this.#due.pop();
    this.#operations[slot] = null;
    this.#spare.push(slot);
    return operation;
  }

  /** Writes into the timetable when the first one is due. */
  foresee(): void {
    this.#timetable.set(this.line, this.nextUs, this.place);
  }

  go(): void {
    const operation = this.removeFirst();
    this.foresee();
    this.#tries(operation);
  }

  /** Those that wait, when the run ends. */
  all(): readonly Underway[] {
    return this.#operations.filter((operation) => operation !== null);
  }
}
