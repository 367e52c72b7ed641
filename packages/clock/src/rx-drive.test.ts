import { concat, interval, of, Subject, take, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';
import { drive } from './rx-drive.ts';
import { AgendaScheduler } from './rx-scheduler.ts';

const setUp = () => {
  const agenda = new Agenda();
  return { agenda, scheduler: new AgendaScheduler(agenda) };
};

describe('drive', () => {
  it('lets an exception of onValue out of the step in which it happened, and ends the subscription', () => {
    const { agenda, scheduler } = setUp();
    const values: number[] = [];
    const subscription = drive(interval(1, scheduler), agenda, (value) => {
      values.push(value);
      if (value === 1) throw new Error(`cannot take ${value}`);
    });
    expect(agenda.step()).toBe(true);
    expect(() => agenda.step()).toThrow('cannot take 1');
    expect([agenda.nowUs, subscription.closed, agenda.size]).toEqual([2_000, true, 0]);
    agenda.runUntil(10_000);
    expect(values).toEqual([0, 1]);
  });

  it('lets an error of the source out of runUntil at its instant', () => {
    const { agenda, scheduler } = setUp();
    const values: number[] = [];
    const source = concat(
      interval(1, scheduler).pipe(take(2)),
      throwError(() => new Error('the source broke')),
    );
    drive(source, agenda, (value) => values.push(value));
    expect(() => agenda.runUntil(10_000)).toThrow('the source broke');
    expect([values, agenda.nowUs]).toEqual([[0, 1], 2_000]);
  });

  it('throws what happens while it subscribes, and takes no further value of that source', () => {
    const { agenda } = setUp();
    const values: number[] = [];
    const take3 = (value: number): void => {
      values.push(value);
      if (value === 2) throw new Error('two');
    };
    expect(() => drive(of(1, 2, 3), agenda, take3)).toThrow('two');
    expect(values).toEqual([1, 2]);
    expect(agenda.step()).toBe(false);
  });

  it('reports an error that arrives outside of any event with the next step', () => {
    const { agenda } = setUp();
    const subject = new Subject<number>();
    drive(subject, agenda, () => {
      throw new Error('between events');
    });
    subject.next(1);
    expect(() => agenda.step()).toThrow('between events');
  });

  it('leaves other subscriptions alone', () => {
    const { agenda, scheduler } = setUp();
    const values: number[] = [];
    drive(timer(1, scheduler), agenda, () => {
      throw new Error('one of two');
    });
    drive(interval(1, scheduler), agenda, (value) => values.push(value));
    expect(() => agenda.runUntil(3_000)).toThrow('one of two');
    agenda.runUntil(3_000);
    expect(values).toEqual([0, 1, 2]);
  });
});
