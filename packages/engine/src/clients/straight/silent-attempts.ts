import type { Agenda } from '@faultline/clock';
import type { Node } from '../../nodes/node.ts';
import type { Connection } from '../connection.ts';
import type { Course } from './course.ts';
import type { SilentHost } from './silent-host.ts';
import type { Timetable } from './timetable.ts';
import { Underway } from './underway.ts';

/** An attempt of an operation, whose request has reached a host that is gone. */
export class SilentAttempt {
  operation = new Underway();
  /** The node that it was sent to. */
  to!: Node;
  host!: SilentHost;
  /** The open connection that it went by; null for an attempt to open one. */
  connection: Connection | null = null;
  /** When the request that is not answered left. */
  startedAtUs = 0;
  givesUpAtUs = 0;
  /** Place of the giving up among the events of one instant; grows from attempt to attempt. */
  place = 0;
}

/**
 * Attempts of one kind of which nothing will be heard until their clients give them up, unless the host comes back before.
 * They all wait equally long, so that the first to come is the first to go. An attempt costs a row here, which is used
 * again; those of what has just arrived, most of a long outage, cost less (`SilentArrivals`).
 */
export class SilentAttempts implements Course {
  readonly #agenda: Agenda;
  readonly #waitUs: number;
  readonly #gaveUp: (attempt: SilentAttempt) => void;
  /** A ring: the oldest is at `#first`. */
  #ring: SilentAttempt[] = [];
  #first = 0;
  #count = 0;
  readonly #timetable: Timetable;
  readonly #line: number;

  /** @param waitUs How long a client waits for this kind of request. */
  constructor(
    agenda: Agenda,
    waitUs: number,
    gaveUp: (attempt: SilentAttempt) => void,
    timetable: Timetable,
    line: number,
  ) {
    this.#timetable = timetable;
    this.#line = line;
    this.#agenda = agenda;
    this.#waitUs = waitUs;
    this.#gaveUp = gaveUp;
  }

  /** A row for an attempt that began at `startedAtUs`; the caller fills in the rest. */
  add(startedAtUs: number): SilentAttempt {
    if (this.#count === this.#ring.length) this.#grow();
    const attempt = this.#at(this.#count++);
    attempt.startedAtUs = startedAtUs;
    attempt.givesUpAtUs = startedAtUs + this.#waitUs;
    attempt.place = this.#agenda.reservePlace();
    if (this.#count === 1) this.#foresee();
    return attempt;
  }

  go(): void {
    const attempt = this.#at(0);
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#count--;
    this.#foresee();
    this.#gaveUp(attempt);
  }

  /** Takes out, oldest first, the attempts at a host. */
  takeFrom(host: SilentHost): readonly SilentAttempt[] {
    const all = [...this.all()];
    const taken = all.filter((attempt) => attempt.host === host);
    const kept = all.filter((attempt) => attempt.host !== host);
    while (kept.length < this.#ring.length) kept.push(new SilentAttempt());
    this.#ring = kept;
    this.#first = 0;
    this.#count -= taken.length;
    this.#foresee();
    return taken;
  }

  /** Those that wait, oldest first. */
  *all(): Generator<SilentAttempt, void, void> {
    for (let place = 0; place < this.#count; place++) yield this.#at(place);
  }

  #at(place: number): SilentAttempt {
    return this.#ring[(this.#first + place) & (this.#ring.length - 1)] as SilentAttempt;
  }

  #foresee(): void {
    if (this.#count === 0) this.#timetable.clear(this.#line);
    else {
      const { givesUpAtUs, place } = this.#at(0);
      this.#timetable.set(this.#line, givesUpAtUs, place);
    }
  }

  /** The length stays a power of two. */
  #grow(): void {
    const length = Math.max(8, 2 * this.#count);
    const ring: SilentAttempt[] = [];
    for (let place = 0; place < this.#count; place++) ring.push(this.#at(place));
    while (ring.length < length) ring.push(new SilentAttempt());
    this.#ring = ring;
    this.#first = 0;
  }
}
