import type { Agenda, RandomStream, Sampler } from '@faultline/clock';
import type { Course } from './course.ts';

/** Arrivals of an open workload: the instants that an observable of them yields, without an event for each. */
export class StraightArrivals implements Course {
  readonly #agenda: Agenda;
  readonly #gap: Sampler;
  readonly #random: RandomStream;
  readonly #untilUs: number;
  readonly #arrive: () => void;
  nextAtUs: number;
  nextPlace: number;

  constructor(options: {
    readonly agenda: Agenda;
    readonly gap: Sampler;
    readonly random: RandomStream;
    readonly fromUs: number;
    readonly untilUs: number | null;
    readonly arrive: () => void;
  }) {
    this.#agenda = options.agenda;
    this.#gap = options.gap;
    this.#random = options.random;
    this.#untilUs = options.untilUs ?? Number.POSITIVE_INFINITY;
    this.#arrive = options.arrive;
    this.nextAtUs = options.fromUs + this.#gap(this.#random);
    this.nextPlace = this.#agenda.reservePlace();
  }

  /** The next one comes; the one after it is known before the operation begins, which may go on up to then. */
  go(): void {
    const atUs = this.nextAtUs;
    if (atUs >= this.#untilUs) {
      this.nextAtUs = Number.POSITIVE_INFINITY;
      return;
    }
    this.nextAtUs = atUs + this.#gap(this.#random);
    this.nextPlace = this.#agenda.reservePlace();
    this.#arrive();
  }
}
