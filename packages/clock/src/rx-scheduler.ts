import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import type { Agenda, Due, Handle } from './agenda.ts';
import { ClockError } from './clock-error.ts';
import { MILLISECOND_US } from './durations.ts';

type ActionWork<T> = (this: SchedulerAction<T>, state?: T) => void;

/**
 * RxJS on the agenda: `timer(20, scheduler)`, `interval`, `delay`, `debounceTime` and all others that take a
 * scheduler then run in simulated time, in one order with every other event.
 *
 * RxJS counts in milliseconds; they are rounded to the nearest microsecond. Operators without a scheduler
 * argument (`retry` and `repeat` with a plain number) use host timers: give them a notifier instead, for
 * example `retry({ delay: () => timer(20, scheduler) })`. This file and `rx-drive.ts` are the only ones that
 * know RxJS schedulers, which its version 9 no longer publishes.
 */
export class AgendaScheduler implements SchedulerLike {
  readonly #agenda: Agenda;
  /** When the action that runs was due, in RxJS's own arithmetic. */
  #dueMs = 0;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  /**
   * Simulated time in milliseconds.
   *
   * While an action runs this is the instant it asked for, which may differ from the agenda's by a rounding
   * error of the last digit. Operators compare: `debounceTime` waits again as long as `now()` is below
   * `last + due`, and at 0.3 ms, below 0.1 + 0.2, it would do so for ever, since what is left rounds to 0 µs.
   */
  now(): number {
    const nowUs = this.#agenda.nowUs;
    return toUs(this.#dueMs) === nowUs ? this.#dueMs : nowUs / MILLISECOND_US;
  }

  /**
   * Runs `work` after `delayMs` milliseconds. Within it, `this.schedule(state, delayMs)` runs it again.
   *
   * @throws ClockError naming a delay that is negative, infinite or NaN.
   */
  schedule<T>(work: ActionWork<T>, delayMs = 0, state?: T): Subscription {
    const run = (dueMs: number, action: AgendaAction<T>, ofState: T | undefined): void => {
      this.#dueMs = dueMs;
      work.call(action, ofState);
    };
    return new AgendaAction<T>(this.#agenda, this, run).schedule(state, delayMs);
  }
}

type RunAction<T> = (dueMs: number, action: AgendaAction<T>, state: T | undefined) => void;

/** One piece of work that may schedule itself again, and is pending at most once. */
class AgendaAction<T> extends Subscription implements SchedulerAction<T>, Due {
  readonly #agenda: Agenda;
  readonly #scheduler: AgendaScheduler;
  readonly #run: RunAction<T>;
  #state: T | undefined;
  #dueMs = 0;
  #handle: Handle = 0;

  constructor(agenda: Agenda, scheduler: AgendaScheduler, run: RunAction<T>) {
    super();
    this.#agenda = agenda;
    this.#scheduler = scheduler;
    this.#run = run;
  }

  schedule(state?: T, delayMs = 0): Subscription {
    if (this.closed) return this;
    if (!(delayMs >= 0 && delayMs < Number.POSITIVE_INFINITY)) {
      throw new ClockError(`delay must be a number of milliseconds from 0 on, found ${delayMs}`);
    }
    this.#cancel();
    this.#state = state;
    this.#dueMs = this.#scheduler.now() + delayMs;
    this.#handle = this.#agenda.schedule(toUs(delayMs), this);
    return this;
  }

  override unsubscribe(): void {
    this.#cancel();
    super.unsubscribe();
  }

  /** Called by the agenda. */
  due(): void {
    this.#handle = 0;
    try {
      this.#run(this.#dueMs, this, this.#state);
    } catch (error) {
      // As in RxJS, work that throws is not run again. The error goes on to whoever runs the agenda.
      this.unsubscribe();
      throw error;
    }
  }

  #cancel(): void {
    if (this.#handle !== 0) this.#agenda.cancel(this.#handle);
    this.#handle = 0;
  }
}

const toUs = (ms: number): number => Math.round(ms * MILLISECOND_US);
