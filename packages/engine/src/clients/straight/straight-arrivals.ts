import type { Agenda, Due, RandomStream, Sampler } from '@faultline/clock';

/**
 * Arrivals of an open workload, one after the other for as long as nothing else is due: the instants that
 * `arrivalTimes` yields through the scheduler, without an event for each.
 */
export class StraightArrivals implements Due {
  readonly #agenda: Agenda;
  readonly #gap: Sampler;
  readonly #random: RandomStream;
  readonly #untilUs: number;
  readonly #arrive: () => void;

  constructor(agenda: Agenda, gap: Sampler, random: RandomStream, untilUs: number | null, arrive: () => void) {
    this.#agenda = agenda;
    this.#gap = gap;
    this.#random = random;
    this.#untilUs = untilUs ?? Number.POSITIVE_INFINITY;
    this.#arrive = arrive;
  }

  start(fromUs: number): void {
    this.#agenda.schedule(fromUs + this.#gap(this.#random), this);
  }

  due(): void {
    const agenda = this.#agenda;
    if (agenda.nowUs >= this.#untilUs) return;
    // In the agenda before the operation begins, which may go on from here as long as nothing is due.
    agenda.schedule(this.#gap(this.#random), this);
    this.#arrive();
  }
}
