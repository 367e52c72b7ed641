import { ClockError } from './clock-error.ts';
import { EventHeap } from './event-heap.ts';

/** Something that is itself told when its time has come: what is due again and again needs no function of its own. */
export interface Due {
  due(): void;
}

/** What an event does. It takes no time: the clock stands still while it runs. */
export type Work = (() => void) | Due;

/** Names one scheduled event, to cancel it. Never 0, and never given to two events of one agenda. */
export type Handle = number;

/** A handle is `generation * SLOT_LIMIT + slot`, and has to be a whole number that a double can hold. */
const SLOT_LIMIT = 2 ** 24;
const GENERATION_LIMIT = 2 ** 29;
const PRIORITY_LIMIT = 1_000;
/** Events that one agenda can number before priorities would run into one another: a week at full speed. */
const SEQUENCE_LIMIT = 2 ** 43;
/** Below this, dead entries are not worth a clean-up. */
const COMPACT_FROM = 64;

/**
 * The one clock of a run: events in a total order of `(atUs, priority, insertion)`, run one after another.
 *
 * Time is whole microseconds from 0 on and never goes back. Of two events at one instant the one with the
 * lower priority number runs first; of equals the one that was scheduled first. An event may schedule
 * others at its own instant: they run after all that was already due with the same priority.
 */
export class Agenda {
  #nowUs = 0;
  #live = 0;
  #executed = 0;
  #sequence = 0;
  #running = false;
  /**
   * The entry on top has run but is still in the heap. Most events schedule a successor, which then takes
   * its place in one walk; otherwise it is removed before anything looks at the heap.
   */
  #topIsSpent = false;
  readonly #heap = new EventHeap();
  /** By slot; `null` for a slot that is free, or whose event was cancelled and is still in the heap. */
  readonly #works: (Work | null)[] = [];
  /** By slot: how often it was given out. Tells a stale handle from a valid one. */
  readonly #generations: number[] = [];
  readonly #freeSlots: number[] = [];
  readonly #failures: unknown[] = [];
  /** Events that are due later than this do not run in the present `step` or `runUntil`. */
  #limitUs = Number.POSITIVE_INFINITY;
  /** What `quietUntilUs` was when somebody last asked, as long as that holds; -1 when it has to be found. */
  #quietUs = -1;

  /** Simulated time in whole microseconds. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Events that are still to run. */
  get size(): number {
    return this.#live;
  }

  /** Entries that take up memory: `size`, and of cancelled events never more than `size` or 64, whichever is larger. */
  get held(): number {
    return this.#heap.count - Number(this.#topIsSpent);
  }

  /** Events that have run so far, including those that threw. */
  get executed(): number {
    return this.#executed;
  }

  /**
   * Runs `work` after `delayUs` microseconds (whole, from 0 on).
   *
   * @param priority Whole number from -1000 to 1000; lower runs first among events of one instant.
   * @throws ClockError naming a delay or priority that is not such a number, NaN and infinity included.
   */
  schedule(delayUs: number, work: Work, priority = 0): Handle {
    if (!(delayUs >= 0 && Math.floor(delayUs) === delayUs && delayUs < Number.POSITIVE_INFINITY)) {
      throw new ClockError(`delay must be a whole number of microseconds from 0 on, found ${delayUs}`);
    }
    return this.#insert(this.#nowUs + delayUs, work, priority);
  }

  /**
   * Runs `work` at the instant `atUs` (whole microseconds, not before now).
   *
   * @throws ClockError naming an instant that has passed or is not a whole number, or a wrong priority.
   */
  scheduleAt(atUs: number, work: Work, priority = 0): Handle {
    this.#checkInstant(atUs);
    return this.#insert(atUs, work, priority);
  }

  /** A place among the events of one instant, as if an event were scheduled now: for one that `scheduleInPlace` brings later. */
  reservePlace(): number {
    return this.#sequence++;
  }

  /**
   * Runs `work` at the instant `atUs` (whole microseconds, not before now), in a place that was reserved.
   *
   * @throws ClockError naming an instant that has passed or is not a whole number.
   */
  scheduleInPlace(atUs: number, place: number, work: Work): Handle {
    this.#checkInstant(atUs);
    return this.#insertInOrder(atUs, work, place);
  }

  /**
   * Takes an event back, in constant time.
   *
   * @returns `false` if it has run, is running or was cancelled before. A handle never comes to mean another event.
   */
  cancel(handle: Handle): boolean {
    // Not by `%`, which is a slow function call for numbers as large as handles are.
    const generation = Math.floor(handle / SLOT_LIMIT);
    const slot = handle - generation * SLOT_LIMIT;
    if (this.#works[slot] == null || this.#generations[slot] !== generation) return false;
    this.#works[slot] = null;
    this.#live--;
    this.#quietUs = -1;
    const dead = this.held - this.#live;
    if (dead > COMPACT_FROM && dead > this.#live) this.#compact();
    return true;
  }

  /** Instant of the next event, or `undefined` if there is none. */
  next(): number | undefined {
    this.#discardDead();
    return this.#live > 0 ? this.#heap.topAtUs : undefined;
  }

  /**
   * The instant up to which nothing else will happen: that of the next event, or the last one of the present `step` or
   * `runUntil` if that comes first.
   */
  get quietUntilUs(): number {
    if (this.#quietUs < 0) {
      this.#discardDead();
      this.#quietUs = Math.min(this.#heap.topAtUs, this.#limitUs);
    }
    return this.#quietUs;
  }

  /**
   * Within an event: time passes, and what follows in the event happens at `atUs`. As good as an event of its own at
   * that instant, and cheaper.
   *
   * @throws ClockError unless an event runs, and for an instant that has passed or that is not before `quietUntilUs`.
   */
  advance(atUs: number): void {
    if (!this.#running) throw new ClockError('time passes by itself between events');
    if (!(atUs >= this.#nowUs && atUs < this.quietUntilUs && Math.floor(atUs) === atUs)) {
      throw new ClockError(
        `instant must be whole microseconds from now (${this.#nowUs} us) to before the next event (${this.quietUntilUs} us), found ${atUs}`,
      );
    }
    this.#nowUs = atUs;
  }

  /**
   * Runs the next event, after setting the clock to its instant.
   *
   * @param lastUs An event that is due later than this is left for another time.
   * @returns `false` if there was none; the clock then stays.
   * @throws whatever the event throws or `fail` was told. The event counts as run and the agenda goes on working.
   */
  step(lastUs = Number.POSITIVE_INFINITY): boolean {
    this.#enter();
    try {
      return this.#runNext(lastUs);
    } finally {
      this.#running = false;
    }
  }

  /**
   * Runs every event up to and including `atUs`, those scheduled meanwhile too, then sets the clock to `atUs`.
   *
   * @throws as `step`; the clock then stays at the event that failed, and a second call goes on behind it.
   */
  runUntil(atUs: number): void {
    this.#checkInstant(atUs);
    this.#enter();
    try {
      while (this.#runNext(atUs));
      this.#nowUs = atUs;
    } finally {
      this.#running = false;
    }
  }

  /**
   * Reports an error from within a library that would swallow it or rethrow it on a host timer.
   * It is thrown when the current event's work returns or, outside of an event, by the next `step` or `runUntil`.
   * Several errors of one event are thrown as one `AggregateError`. If the event throws by itself as well, what
   * was reported is not lost: the next `step` or `runUntil` throws it.
   */
  fail(error: unknown): void {
    this.#failures.push(error);
  }

  #insert(atUs: number, work: Work, priority: number): Handle {
    if (!(Math.abs(priority) <= PRIORITY_LIMIT && Math.floor(priority) === priority)) {
      throw new ClockError(`priority must be a whole number from -1000 to 1000, found ${priority}`);
    }
    // One number for (priority, insertion), so that the heap compares two keys and not three.
    return this.#insertInOrder(atUs, work, priority * SEQUENCE_LIMIT + this.#sequence++);
  }

  #insertInOrder(atUs: number, work: Work, order: number): Handle {
    if (atUs > Number.MAX_SAFE_INTEGER) {
      throw new ClockError(`instant must not be later than ${Number.MAX_SAFE_INTEGER} microseconds, found ${atUs}`);
    }
    const slot = this.#takeSlot();
    this.#works[slot] = work;
    this.#live++;
    if (atUs < this.#quietUs) this.#quietUs = atUs;
    if (this.#topIsSpent) {
      this.#topIsSpent = false;
      this.#heap.replaceTop(atUs, order, slot);
    } else {
      this.#heap.push(atUs, order, slot);
    }
    return (this.#generations[slot] as number) * SLOT_LIMIT + slot;
  }

  #runNext(limitUs: number): boolean {
    this.#discardDead();
    this.#limitUs = limitUs;
    this.#quietUs = -1;
    const heap = this.#heap;
    if (this.#live === 0 || heap.topAtUs > limitUs) return false;
    this.#nowUs = heap.topAtUs;
    const slot = heap.topSlot;
    const work = this.#works[slot] as Work;
    this.#releaseSlot(slot);
    this.#topIsSpent = true;
    this.#live--;
    this.#executed++;
    if (typeof work === 'function') work();
    else work.due();
    if (this.#failures.length > 0) this.#throwFailures();
    return true;
  }

  /** Removes what is spent or cancelled from the top of the heap. */
  #discardDead(): void {
    const heap = this.#heap;
    if (this.#topIsSpent) {
      this.#topIsSpent = false;
      heap.pop();
    }
    while (heap.count > 0 && this.#works[heap.topSlot] === null) {
      this.#releaseSlot(heap.topSlot);
      heap.pop();
    }
  }

  #compact(): void {
    this.#discardDead();
    this.#heap.retain((slot) => {
      if (this.#works[slot] !== null) return true;
      this.#releaseSlot(slot);
      return false;
    });
  }

  #takeSlot(): number {
    const free = this.#freeSlots.pop();
    if (free !== undefined) return free;
    const slot = this.#works.length;
    if (slot === SLOT_LIMIT) throw new ClockError(`more than ${SLOT_LIMIT} events are pending at ${this.#nowUs} us`);
    this.#works.push(null);
    this.#generations.push(1);
    return slot;
  }

  #releaseSlot(slot: number): void {
    this.#works[slot] = null;
    const generation = (this.#generations[slot] as number) + 1;
    this.#generations[slot] = generation;
    // A slot that has been given out half a billion times retires, so that no handle can ever come back.
    if (generation < GENERATION_LIMIT) this.#freeSlots.push(slot);
  }

  #checkInstant(atUs: number): void {
    if (!Number.isSafeInteger(atUs) || atUs < 0) {
      throw new ClockError(`instant must be a whole number of microseconds from 0 on, found ${atUs}`);
    }
    if (atUs < this.#nowUs) throw new ClockError(`instant must not be before now (${this.#nowUs} us), found ${atUs}`);
  }

  #enter(): void {
    if (this.#running) throw new ClockError('an event must not run the agenda that runs it: schedule work instead');
    if (this.#failures.length > 0) this.#throwFailures();
    this.#running = true;
  }

  #throwFailures(): never {
    const failures = this.#failures.splice(0);
    if (failures.length === 1) throw failures[0];
    throw new AggregateError(failures, `${failures.length} errors at ${this.#nowUs} us`);
  }
}
