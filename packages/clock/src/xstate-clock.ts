import type { Agenda, Due, Handle } from './agenda.ts';
import { ClockError } from './clock-error.ts';
import { MILLISECOND_US } from './durations.ts';

const SPEED_MIN = 1e-6;
const SPEED_MAX = 1e6;

/** Is itself what the agenda runs: a closure for each timer would be another object for each transition of a chart. */
class Timer implements Due {
  readonly id: number;
  readonly fn: () => void;
  /** What was left at `sinceUs`, at normal speed. A real number, so that many changes of speed do not add up errors. */
  remainingUs: number;
  sinceUs: number;
  /** 0 while frozen. */
  handle: Handle = 0;
  readonly #fire: (timer: Timer) => void;

  constructor(id: number, fn: () => void, remainingUs: number, sinceUs: number, fire: (timer: Timer) => void) {
    this.id = id;
    this.fn = fn;
    this.remainingUs = remainingUs;
    this.sinceUs = sinceUs;
    this.#fire = fire;
  }

  due(): void {
    this.#fire(this);
  }
}

/**
 * The `clock` of an XState actor: `createActor(machine, { clock })` then runs `after` in simulated time.
 *
 * It fires each timer at its own instant, in one order with every other event, which XState's own
 * `SimulatedClock` does not: that one jumps to the target time first and fires then.
 *
 * A clock has a speed, for a control plane that is slow or down: its timers stretch or stand still while the
 * rest of the world goes on.
 */
export class AgendaClock {
  readonly #agenda: Agenda;
  readonly #afterTimer: (() => void) | undefined;
  /**
   * In the order in which they were set, which is the order among equals when the speed changes. A chart has a handful,
   * which are found one by one faster than a table takes them up and lets them go.
   */
  readonly #timers: Timer[] = [];
  #lastId = 0;
  #speed = 1;
  readonly #fire = (timer: Timer): void => {
    this.#forget(this.#timers.indexOf(timer));
    timer.fn();
    this.#afterTimer?.();
  };

  /**
   * @param afterTimer Runs after each timer's function, in the same event. XState keeps the errors of a chart
   * to itself (the actor's status turns to `error`) and rethrows them from a host timer; this is the place to
   * look at the status and to throw.
   */
  constructor(agenda: Agenda, afterTimer?: () => void) {
    this.#agenda = agenda;
    this.#afterTimer = afterTimer;
  }

  /** 1 is normal, 0 frozen, 0.25 makes everything take four times as long. */
  get speed(): number {
    return this.#speed;
  }

  /** Timers that have neither fired nor been cleared, frozen ones included. */
  get pending(): number {
    return this.#timers.length;
  }

  /**
   * Calls `fn` after `ms` milliseconds at normal speed, rounded to whole microseconds.
   *
   * @returns An id for `clearTimeout`, never 0.
   * @throws ClockError naming a delay that is negative, infinite or NaN: a chart's timings are NaN until a fact
   * has brought them, so a timing that is used before it was drawn is caught here.
   */
  setTimeout(fn: () => void, ms: number): number {
    if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) {
      throw new ClockError(`delay must be a number of milliseconds from 0 on, found ${ms}`);
    }
    const id = this.#lastId + 1;
    const timer = new Timer(id, fn, Math.round(ms * MILLISECOND_US), this.#agenda.nowUs, this.#fire);
    this.#arm(timer);
    this.#timers.push(timer);
    this.#lastId = id;
    return id;
  }

  /** Takes a timer back. An id that has fired, was cleared or never was is ignored, as by the host's own function. */
  clearTimeout(id: number): void {
    const place = this.#timers.findIndex((timer) => timer.id === id);
    if (place < 0) return;
    this.#agenda.cancel((this.#timers[place] as Timer).handle);
    this.#forget(place);
  }

  /**
   * From now on time passes `factor` times as fast for everything pending and everything set later.
   *
   * @param factor 0 to freeze, or from 0.000001 to 1,000,000.
   * @throws ClockError naming another factor.
   */
  setSpeed(factor: number): void {
    if (factor !== 0 && !(factor >= SPEED_MIN && factor <= SPEED_MAX)) {
      throw new ClockError(`speed must be 0 or a number from ${SPEED_MIN} to ${SPEED_MAX}, found ${factor}`);
    }
    if (factor === this.#speed) return;
    const nowUs = this.#agenda.nowUs;
    for (const timer of this.#timers) {
      const passedUs = (nowUs - timer.sinceUs) * this.#speed;
      timer.remainingUs = Math.max(0, timer.remainingUs - passedUs);
      timer.sinceUs = nowUs;
      this.#agenda.cancel(timer.handle);
    }
    this.#speed = factor;
    for (const timer of this.#timers) this.#arm(timer);
  }

  #forget(place: number): void {
    const timers = this.#timers;
    for (let next = place + 1; next < timers.length; next++) timers[next - 1] = timers[next] as Timer;
    timers.pop();
  }

  /** A timer that would fire only after the end of time, because the clock is slow or frozen, waits without an entry. */
  #arm(timer: Timer): void {
    const delayUs = Math.round(timer.remainingUs / this.#speed);
    const isInTime = this.#speed > 0 && delayUs <= Number.MAX_SAFE_INTEGER - this.#agenda.nowUs;
    timer.handle = isInTime ? this.#agenda.schedule(delayUs, timer) : 0;
  }
}
