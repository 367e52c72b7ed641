import type { Agenda, RandomStream, Sampler } from '@faultline/clock';
import type { WorkloadSpec } from '@faultline/scenario';
import type { Client } from '../client.ts';
import type { Course } from './course.ts';
import type { Timetable } from './timetable.ts';

/** An open workload: how its arrivals are drawn, and what each of them begins. */
export interface OpenWorkload {
  readonly workload: WorkloadSpec;
  readonly gap: Sampler;
  readonly random: RandomStream;
  /** The client at which the next one arrives. */
  readonly nextClient: () => Client;
  /** Begins an operation there. */
  readonly begin: (client: Client) => void;
}

/** Arrivals of an open workload: the instants that an observable of them yields, without an event for each. */
export class StraightArrivals implements Course {
  readonly workload: WorkloadSpec;
  readonly line: number;
  readonly nextClient: () => Client;
  readonly #agenda: Agenda;
  readonly #gap: Sampler;
  readonly #random: RandomStream;
  readonly #untilUs: number;
  readonly #begin: (client: Client) => void;
  readonly #timetable: Timetable;
  #nextUs = 0;
  #place = 0;

  constructor(
    { workload, gap, random, nextClient, begin }: OpenWorkload,
    agenda: Agenda,
    timetable: Timetable,
    line: number,
  ) {
    this.workload = workload;
    this.line = line;
    this.nextClient = nextClient;
    this.#agenda = agenda;
    this.#gap = gap;
    this.#random = random;
    this.#untilUs = workload.untilUs ?? Number.POSITIVE_INFINITY;
    this.#begin = begin;
    this.#timetable = timetable;
    this.drawNext(workload.fromUs);
    this.foresee();
  }

  /** The next one comes; the one after it is known before the operation begins, which may go on up to then. */
  go(): void {
    if (this.areOver) {
      this.#nextUs = Number.POSITIVE_INFINITY;
      this.foresee();
      return;
    }
    this.drawNext(this.#agenda.nowUs);
    this.foresee();
    this.#begin(this.nextClient());
  }

  /** When the next one comes, and in which place among the events of that instant; Infinity when none will. */
  get nextUs(): number {
    return this.#nextUs;
  }

  get place(): number {
    return this.#place;
  }

  /** Whether nothing arrives any more: the next one would come too late. */
  get areOver(): boolean {
    return this.#nextUs >= this.#untilUs;
  }

  /** Draws when the one after that of `fromUs` comes, for `foresee` to write down. */
  drawNext(fromUs: number): void {
    this.#nextUs = fromUs + this.#gap(this.#random);
    this.#place = this.#agenda.reservePlace();
  }

  /** Writes into the timetable what was drawn last. */
  foresee(): void {
    this.#timetable.set(this.line, this.#nextUs, this.#place);
  }
}
