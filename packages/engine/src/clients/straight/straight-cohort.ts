import type { Agenda, Due, Handle } from '@faultline/clock';
import type { Recorder } from '../../recorder.ts';
import type { Course } from './course.ts';

/**
 * What goes on at the clients of a cohort, one thing after the other for as long as nothing else in the world is due, in
 * one event of the agenda. Everything keeps the instant and the place among equals that it would have as an event.
 */
export class StraightCohort implements Due {
  readonly #agenda: Agenda;
  readonly #recorder: Recorder;
  readonly #courses: Course[] = [];
  #next: Course | null = null;
  #goes = false;
  #entry: Handle = 0;
  #entryAtUs = Number.POSITIVE_INFINITY;

  constructor(agenda: Agenda, recorder: Recorder) {
    this.#agenda = agenda;
    this.#recorder = recorder;
  }

  add(course: Course): void {
    this.#courses.push(course);
    this.changed();
  }

  /** What comes next in one of the courses may be something else now. */
  changed(): void {
    if (this.#goes) return;
    this.#look();
    if (this.#next !== null && this.#next.nextAtUs < this.#entryAtUs) this.#wait(this.#next);
  }

  /** Up to here nothing else happens, at the clients or elsewhere. */
  get quietUntilUs(): number {
    let atUs = this.#agenda.quietUntilUs;
    for (const { nextAtUs } of this.#courses) if (nextAtUs < atUs) atUs = nextAtUs;
    return atUs;
  }

  due(): void {
    const agenda = this.#agenda;
    this.#entry = 0;
    this.#entryAtUs = Number.POSITIVE_INFINITY;
    this.#goes = true;
    this.#look();
    // The first one is what this event was scheduled for, so nothing comes before it.
    let next = this.#next;
    if (next !== null && next.nextAtUs === agenda.nowUs) next.go();
    for (;;) {
      this.#look();
      next = this.#next;
      if (next === null || next.nextAtUs >= agenda.quietUntilUs || this.#recorder.settled) break;
      agenda.advance(next.nextAtUs);
      next.go();
    }
    this.#goes = false;
    if (next !== null) this.#wait(next);
  }

  #look(): void {
    let next: Course | null = null;
    for (const course of this.#courses) {
      const { nextAtUs } = course;
      if (nextAtUs === Number.POSITIVE_INFINITY) continue;
      if (
        next === null ||
        nextAtUs < next.nextAtUs ||
        (nextAtUs === next.nextAtUs && course.nextPlace < next.nextPlace)
      )
        next = course;
    }
    this.#next = next;
  }

  #wait({ nextAtUs, nextPlace }: Course): void {
    if (this.#entry !== 0) this.#agenda.cancel(this.#entry);
    this.#entryAtUs = nextAtUs;
    this.#entry = this.#agenda.scheduleInPlace(nextAtUs, nextPlace, this);
  }
}
