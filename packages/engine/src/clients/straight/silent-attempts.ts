import type { Agenda } from '@faultline/clock';
import type { Connection } from '../connection.ts';
import type { Course } from './course.ts';
import type { SilentHost } from './silent-host.ts';
import type { Timetable } from './timetable.ts';
import type { Underway } from './underway.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Operations that have sent a request of one kind to a host that is gone: nothing will be heard until their clients give
 * them up, unless the host comes back before. They all wait equally long, so that the first to come is the first to go.
 */
export class SilentAttempts implements Course {
  readonly line: number;
  /** When the oldest gives up; Infinity when none waits. */
  nextUs = NEVER;
  readonly #agenda: Agenda;
  readonly #waitUs: number;
  readonly #gaveUp: (operation: Underway) => void;
  readonly #timetable: Timetable;
  /** A ring, whose length is a power of two: the oldest is at `#first`. */
  #ring: Underway[] = [];
  #length = 0;
  #first = 0;
  #count = 0;

  /** @param waitUs How long a client waits for this kind of request. */
  constructor(
    agenda: Agenda,
    waitUs: number,
    gaveUp: (operation: Underway) => void,
    timetable: Timetable,
    line: number,
  ) {
    this.line = line;
    this.#agenda = agenda;
    this.#waitUs = waitUs;
    this.#gaveUp = gaveUp;
    this.#timetable = timetable;
  }

  get count(): number {
    return this.#count;
  }

  /** The one that has waited longest, of which there has to be one. */
  get oldest(): Underway {
    return this.#ring[this.#first] as Underway;
  }

  /** Its place among the events of that instant. */
  get place(): number {
    return this.#count === 0 ? 0 : this.oldest.place;
  }

  /** An operation waits from now on, for an answer to what it sent at `startedAtUs`. Nothing is foreseen. */
  add(operation: Underway, host: SilentHost, connection: Connection | null, startedAtUs: number): void {
    operation.host = host;
    operation.connection = connection;
    operation.startedAtUs = startedAtUs;
    operation.givesUpAtUs = startedAtUs + this.#waitUs;
    operation.place = this.#agenda.reservePlace();
    if (this.#count === this.#length) this.#grow();
    if (this.#count === 0) this.nextUs = operation.givesUpAtUs;
    this.#ring[this.#at(this.#count++)] = operation;
    host.waits();
  }

  /** The oldest waits no more. Nothing is foreseen. */
  removeOldest(): Underway {
    const { oldest } = this;
    oldest.host.waitsNoMore();
    this.#first = this.#at(1);
    this.#count--;
    this.#look();
    return oldest;
  }

  /** Writes into the timetable when the oldest gives up. */
  foresee(): void {
    this.#timetable.set(this.line, this.nextUs, this.place);
  }

  go(): void {
    const operation = this.removeOldest();
    this.foresee();
    this.#gaveUp(operation);
  }

  /** Takes out, oldest first, those that wait for a host. */
  takeFrom(host: SilentHost): readonly Underway[] {
    const all = this.all();
    this.#ring = all.filter((operation) => operation.host !== host);
    this.#first = 0;
    this.#count = this.#ring.length;
    this.#look();
    this.foresee();
    return all.filter((operation) => operation.host === host);
  }

  /** Those that wait, oldest first. */
  all(): readonly Underway[] {
    return Array.from({ length: this.#count }, (_, place) => this.#ring[this.#at(place)] as Underway);
  }

  #look(): void {
    this.nextUs = this.#count === 0 ? NEVER : this.oldest.givesUpAtUs;
  }

  #at(place: number): number {
    return (this.#first + place) & (this.#length - 1);
  }

  /** Twice the room, with the oldest of a full ring in front. */
  #grow(): void {
    const first = this.#first;
    if (first > 0) this.#ring = [...this.#ring.slice(first), ...this.#ring.slice(0, first)];
    this.#first = 0;
    this.#length = Math.max(8, 2 * this.#length);
  }
}
