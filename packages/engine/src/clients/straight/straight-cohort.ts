import type { Agenda, Due, Handle } from '@faultline/clock';
import type { Recorder } from '../../recorder.ts';
import type { Course } from './course.ts';
import { Timetable } from './timetable.ts';

/**
 * What goes on at the clients of a cohort, one thing after the other for as long as nothing else in the world is due, in
 * one event of the agenda. Everything keeps the instant and the place among equals that it would have as an event.
 */
export class StraightCohort implements Due {
  readonly #agenda: Agenda;
  readonly #recorder: Recorder;
  readonly #timetable = new Timetable();
  /** By their lines of the timetable. */
  readonly #courses: Course[] = [];
  /** Set before anything is due. */
  spell: { goOn(): void } | null = null;
  #goes = false;
  #entry: Handle = 0;
  #entryAtUs = Number.POSITIVE_INFINITY;

  constructor(agenda: Agenda, recorder: Recorder) {
    this.#agenda = agenda;
    this.#recorder = recorder;
  }

  /** Adds a course, which is given the timetable and its line. */
  add<Added extends Course>(begin: (timetable: Timetable, line: number) => Added): Added {
    const course = begin(this.#timetable, this.#timetable.add());
    this.#courses.push(course);
    this.changed();
    return course;
  }

  /** What comes next in one of the courses may be something else now. */
  changed(): void {
    if (this.#goes) return;
    if (this.#timetable.firstUs < this.#entryAtUs) this.#wait();
  }

  get timetable(): Timetable {
    return this.#timetable;
  }

  /** Up to here nothing else happens, at the clients or elsewhere. */
  get quietUntilUs(): number {
    return Math.min(this.#agenda.quietUntilUs, this.#timetable.firstUs);
  }

  due(): void {
    const agenda = this.#agenda;
    const timetable = this.#timetable;
    this.#entry = 0;
    this.#entryAtUs = Number.POSITIVE_INFINITY;
    this.#goes = true;
    // The first one is what this event was scheduled for, so nothing comes before it.
    if (timetable.firstUs === agenda.nowUs) this.#courses[timetable.first]?.go();
    for (;;) {
      this.spell?.goOn();
      const atUs = timetable.firstUs;
      if (atUs >= agenda.quietUntilUs || this.#recorder.settled) break;
      agenda.advance(atUs);
      this.#courses[timetable.first]?.go();
    }
    this.#goes = false;
    if (timetable.first >= 0) this.#wait();
  }

  #wait(): void {
    const { first, firstUs } = this.#timetable;
    if (this.#entry !== 0) this.#agenda.cancel(this.#entry);
    this.#entryAtUs = firstUs;
    this.#entry = this.#agenda.scheduleInPlace(firstUs, this.#timetable.place(first), this);
  }
}
