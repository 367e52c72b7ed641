import {
  concat,
  debounceTime,
  defer,
  delay,
  interval,
  map,
  merge,
  NEVER,
  of,
  repeat,
  retry,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';
import { ClockError } from './clock-error.ts';
import { drive } from './rx-drive.ts';
import { AgendaScheduler } from './rx-scheduler.ts';

const setUp = () => {
  const agenda = new Agenda();
  const seen: string[] = [];
  const note = (value: unknown): void => {
    seen.push(`${value}@${agenda.nowUs}`);
  };
  return { agenda, scheduler: new AgendaScheduler(agenda), seen, note };
};

describe('AgendaScheduler', () => {
  it('runs timer and interval in simulated time', () => {
    const { agenda, scheduler, seen, note } = setUp();
    drive(timer(1.5, scheduler), agenda, () => note('timer'));
    drive(interval(1, scheduler).pipe(take(3)), agenda, note);
    agenda.runUntil(10_000);
    expect(seen).toEqual(['0@1000', 'timer@1500', '1@2000', '2@3000']);
    expect(agenda.size).toBe(0);
  });

  it('interleaves with raw events in the order in which things were scheduled', () => {
    const { agenda, scheduler, seen, note } = setUp();
    agenda.schedule(2_000, () => note('raw before'));
    drive(timer(2, scheduler), agenda, () => note('rx'));
    agenda.schedule(2_000, () => note('raw after'));
    drive(of('delayed').pipe(delay(2, scheduler)), agenda, note);
    agenda.schedule(2_000, () => note('urgent'), -1);
    agenda.runUntil(2_000);
    expect(seen).toEqual(['urgent@2000', 'raw before@2000', 'rx@2000', 'raw after@2000', 'delayed@2000']);
  });

  it('retries after a delay', () => {
    const { agenda, scheduler, seen, note } = setUp();
    let tries = 0;
    const flaky = defer(() => (++tries < 3 ? throwError(() => new Error('not yet')) : of(`try ${tries}`)));
    drive(flaky.pipe(retry({ delay: (_, attempt) => timer(10 * attempt, scheduler) })), agenda, note);
    agenda.runUntil(100_000);
    expect(seen).toEqual(['try 3@30000']);
  });

  it('repeats after a delay', () => {
    const { agenda, scheduler, seen, note } = setUp();
    drive(of('again').pipe(repeat({ count: 3, delay: () => timer(5, scheduler) })), agenda, note);
    agenda.runUntil(100_000);
    expect(seen).toEqual(['again@0', 'again@5000', 'again@10000']);
  });

  it('debounces: a value is passed on when nothing followed it for a while', () => {
    const { agenda, scheduler, seen, note } = setUp();
    const at = (ms: number) => timer(ms, scheduler).pipe(map(() => `value of ${ms}`));
    // When its source completes, debounceTime does not wait: hence NEVER.
    drive(merge(at(0.1), at(3), at(5.7), at(40), NEVER).pipe(debounceTime(10, scheduler)), agenda, note);
    agenda.runUntil(100_000);
    expect(seen).toEqual(['value of 5.7@15700', 'value of 40@50000']);
  });

  it('debounces to the microsecond at instants that binary fractions cannot hold', () => {
    const { agenda, scheduler, seen, note } = setUp();
    for (let tenth = 1; tenth <= 300; tenth++) {
      const twice = merge(timer(tenth / 10, scheduler), timer(tenth / 10 + 0.1, scheduler), NEVER);
      drive(twice.pipe(debounceTime(0.2, scheduler)), agenda, () => note(tenth));
    }
    // Without care for rounding, debounceTime would wait for 0 µs again and again, and this would not end.
    agenda.runUntil(1_000_000);
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => `${index + 1}@${100 * (index + 1) + 300}`));
  });

  it('rounds milliseconds to the nearest microsecond, and tells the time in milliseconds', () => {
    const { agenda, scheduler, seen, note } = setUp();
    for (const ms of [0.0014, 0.0016, 1.1, 4.35, 1e6 / 3]) scheduler.schedule(() => note(ms), ms);
    agenda.runUntil(1_000_000_000);
    expect(seen.map((each) => each.split('@')[1])).toEqual(['1', '2', '1100', '4350', '333333333']);
    expect(scheduler.now()).toBe(1_000_000);
  });

  it.each([Number.NaN, -5, Number.POSITIVE_INFINITY])('refuses a delay of %s by name', (delayMs) => {
    const { scheduler, agenda } = setUp();
    const refusal = new ClockError(`delay must be a number of milliseconds from 0 on, found ${delayMs}`);
    expect(() => scheduler.schedule(() => {}, delayMs)).toThrow(refusal);
    expect(agenda.size).toBe(0);
  });

  it('refuses a NaN delay in the middle of a stream, through the agenda', () => {
    const { agenda, scheduler, note } = setUp();
    drive(concat(timer(1, scheduler), timer(Number.NaN, scheduler)), agenda, note);
    expect(() => agenda.runUntil(5_000)).toThrow('found NaN');
  });

  it('takes work back, before it has run and from within', () => {
    const { agenda, scheduler, seen, note } = setUp();
    scheduler.schedule(() => note('cancelled'), 1).unsubscribe();
    const repeating = scheduler.schedule(
      function (count = 0) {
        note(count);
        if (count === 2) repeating.unsubscribe();
        this.schedule(count + 1, 1);
      },
      1,
      0,
    );
    agenda.runUntil(10_000);
    expect([seen, repeating.closed, agenda.size]).toEqual([['0@1000', '1@2000', '2@3000'], true, 0]);
  });

  it('has an action pending once only: scheduling it again moves it', () => {
    const { agenda, scheduler, seen, note } = setUp();
    scheduler.schedule<string>(
      function (state) {
        note(state);
        if (state !== 'start') return;
        this.schedule('dropped', 1);
        this.schedule('kept', 2);
      },
      1,
      'start',
    );
    agenda.runUntil(10_000);
    expect(seen).toEqual(['start@1000', 'kept@3000']);
  });

  it('lets an error in work out of step, and does not run that work again', () => {
    const { agenda, scheduler, seen, note } = setUp();
    const failing = scheduler.schedule(function () {
      this.schedule(undefined, 1);
      throw new Error('in work');
    }, 1);
    scheduler.schedule(() => note('other'), 1);
    expect(() => agenda.step()).toThrow('in work');
    expect(failing.closed).toBe(true);
    agenda.runUntil(10_000);
    expect(seen).toEqual(['other@1000']);
  });

  it('stops everything below when the subscription ends', () => {
    const { agenda, scheduler, note } = setUp();
    const subscription = drive(interval(1, scheduler).pipe(delay(5, scheduler), tap(note)), agenda, note);
    agenda.runUntil(3_500);
    subscription.unsubscribe();
    expect(agenda.next()).toBeUndefined();
  });
});
