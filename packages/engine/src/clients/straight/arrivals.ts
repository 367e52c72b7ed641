import type { Agenda, RandomStream, Sampler } from '@faultline/clock';
import type { Course } from './course.ts';
import type { Timetable } from './timetable.ts';

/** Arrivals of an open workload: the instants that an observable of them yields, without an event for each. */
export class StraightArrivals implements Course {
  readonly #agenda: Agenda;
  readonly #gap: Sampler;
  readonly #random: RandomStream;
  readonly #untilUs: number;
  readonly #arrive: () => void;
  readonly #timetable: Timetable;
  readonly #line: number;

  constructor(options: {
    readonly agenda: Agenda;
    readonly gap: Sampler;
    readonly random: RandomStream;
    readonly fromUs: number;
    readonly untilUs: number | null;
    readonly arrive: () => void;
    readonly timetable: Timetable;
    readonly line: number;
  }) {
    this.#agenda = options.agenda;
    this.#gap = options.gap;
    this.#random = options.random;
    this.#untilUs = options.untilUs ?? Number.POSITIVE_INFINITY;
    this.#arrive = options.arrive;
    this.#timetable = options.timetable;
    this.#line = options.line;
    this.#foresee(options.fromUs);
  }

  /** The next one comes; the one after it is known before the operation begins, which may go on up to then. */
  go(): void {
    const { nowUs } = this.#agenda;
    if (nowUs >= this.#untilUs) {
      this.#timetable.clear(this.#line);
      return;
    }
    this.#foresee(nowUs);
    this.#arrive();
  }

  #foresee(fromUs: number): void {
    this.#timetable.set(this.#line, fromUs + this.#gap(this.#random), this.#agenda.reservePlace());
  }
}
