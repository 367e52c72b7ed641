import type { Agenda } from '@faultline/clock';
import type { StraightArrivals } from './arrivals.ts';
import type { PoolQueue } from './pool-queue.ts';
import type { Retries } from './retries.ts';
import type { SilentAttempts } from './silent-attempts.ts';
import type { Timetable } from './timetable.ts';

/** The courses that a spell follows by itself, in the order of what comes next, up to where anything else happens. */
export class SpellCourses {
  readonly #agenda: Agenda;
  readonly #timetable: Timetable;
  readonly #all: StraightArrivals[] = [];
  /** Those that come next of all; what arrives otherwise ends the spell. */
  #arrivals!: StraightArrivals;
  /** Those that wait for a connection to a host that is gone. */
  readonly waiting: SilentAttempts;
  readonly retries: Retries;
  readonly queue: PoolQueue;
  #untilUs = 0;

  constructor(agenda: Agenda, timetable: Timetable, waiting: SilentAttempts, retries: Retries, queue: PoolQueue) {
    this.#agenda = agenda;
    this.#timetable = timetable;
    this.waiting = waiting;
    this.retries = retries;
    this.queue = queue;
  }

  add(arrivals: StraightArrivals): void {
    this.#all.push(arrivals);
  }

  /** A spell begins. Returns the arrivals that it follows; null where nothing arrives by itself. */
  begin(): StraightArrivals | null {
    const arrivals = this.#nextArrivals();
    if (arrivals === null) return null;
    this.#arrivals = arrivals;
    const restUs = this.#timetable.firstBesides(arrivals.line, this.waiting.line, this.retries.line);
    this.#untilUs = Math.min(this.#agenda.quietUntilUs, restUs);
    return arrivals;
  }

  /** Which of them comes next; null when something else does, or nothing can be said. */
  get next(): 'arrivals' | 'waiting' | 'retries' | null {
    const { waiting, retries } = this;
    const arrivals = this.#arrivals;
    const arrivesFirst = comesFirst(arrivals, waiting);
    const next = arrivesFirst ? arrivals : waiting;
    const triesUs = retries.nextUs;
    if (triesUs < next.nextUs || (triesUs === next.nextUs && retries.place < next.place))
      return this.#isLater(triesUs) ? null : 'retries';
    if (this.#isLater(next.nextUs)) return null;
    if (!arrivesFirst) return 'waiting';
    return arrivals.areOver ? null : 'arrivals';
  }

  /** Up to here nothing happens at all. */
  get quietUntilUs(): number {
    const { waiting, retries, queue } = this;
    return Math.min(this.#untilUs, this.#arrivals.nextUs, waiting.nextUs, retries.nextUs, queue.nextUs);
  }

  /** Writes into the timetable what comes next in each of them. */
  foresee(): void {
    this.#arrivals.foresee();
    this.waiting.foresee();
    this.retries.foresee();
    this.queue.foresee();
  }

  /** Whether something else comes before, or in the same instant. */
  #isLater(atUs: number): boolean {
    return atUs >= this.#untilUs || atUs >= this.queue.nextUs;
  }

  #nextArrivals(): StraightArrivals | null {
    let next: StraightArrivals | null = null;
    for (const arrivals of this.#all) if (next === null || comesFirst(arrivals, next)) next = arrivals;
    return next;
  }
}

/** Whether the one comes before the other: earlier, or in the earlier place of the same instant. */
function comesFirst(one: NextInstant, other: NextInstant): boolean {
  return one.nextUs < other.nextUs || (one.nextUs === other.nextUs && one.place < other.place);
}

interface NextInstant {
  readonly nextUs: number;
  readonly place: number;
}
