import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda, type Handle } from './agenda.ts';
import { ClockError } from './clock-error.ts';

/** What the agenda promises, in the simplest form that can be right: a list, sorted by the three keys. */
class SortedReference {
  nowUs = 0;
  #sequence = 0;
  readonly ran: number[] = [];
  readonly #events: { atUs: number; priority: number; sequence: number; id: number }[] = [];

  get size(): number {
    return this.#events.length;
  }

  schedule(delayUs: number, priority: number, id: number): void {
    this.#events.push({ atUs: this.nowUs + delayUs, priority, sequence: this.#sequence++, id });
    this.#events.sort((a, b) => a.atUs - b.atUs || a.priority - b.priority || a.sequence - b.sequence);
  }

  cancel(id: number): boolean {
    const index = this.#events.findIndex((event) => event.id === id);
    if (index >= 0) this.#events.splice(index, 1);
    return index >= 0;
  }

  next(): number | undefined {
    return this.#events[0]?.atUs;
  }

  step(successorOf: (id: number) => Plan | null): boolean {
    const event = this.#events.shift();
    if (event === undefined) return false;
    this.nowUs = event.atUs;
    this.ran.push(event.id);
    const successor = successorOf(event.id);
    if (successor !== null) this.schedule(successor.delayUs, successor.priority, successor.id);
    return true;
  }

  runUntil(atUs: number, successorOf: (id: number) => Plan | null): void {
    while ((this.next() ?? Number.POSITIVE_INFINITY) <= atUs) this.step(successorOf);
    this.nowUs = atUs;
  }
}

interface Plan {
  readonly delayUs: number;
  readonly priority: number;
  readonly id: number;
}

type Action =
  | { readonly do: 'schedule'; readonly delayUs: number; readonly priority: number }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'step' }
  | { readonly do: 'runUntil'; readonly byUs: number };

// Few instants and priorities, so that ties are common.
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('schedule'),
      delayUs: fc.nat(12),
      priority: fc.integer({ min: -2, max: 2 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('cancel'), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('step') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('runUntil'), byUs: fc.nat(8) }) },
);

/** Every third event schedules another when it runs, some of them at its own instant. */
const successorOf = (id: number): Plan | null =>
  id % 3 === 0 && id < 1e6 ? { delayUs: id % 4, priority: (id % 3) - 1, id: id + 1e6 } : null;

describe('Agenda', () => {
  it('agrees with a sorted list under any sequence of schedule, cancel, step and runUntil', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 300 }), (actions) => {
        const agenda = new Agenda();
        const reference = new SortedReference();
        const ran: number[] = [];
        const handles: Handle[] = [];
        const work = (id: number) => () => {
          ran.push(id);
          const successor = successorOf(id);
          if (successor !== null) agenda.schedule(successor.delayUs, work(successor.id), successor.priority);
        };
        for (const each of actions) {
          if (each.do === 'schedule') {
            reference.schedule(each.delayUs, each.priority, handles.length);
            handles.push(agenda.schedule(each.delayUs, work(handles.length), each.priority));
          } else if (each.do === 'cancel' && handles.length > 0) {
            const id = each.which % handles.length;
            expect(agenda.cancel(handles[id] as Handle)).toBe(reference.cancel(id));
          } else if (each.do === 'step') {
            expect(agenda.step()).toBe(reference.step(successorOf));
          } else if (each.do === 'runUntil') {
            agenda.runUntil(agenda.nowUs + each.byUs);
            reference.runUntil(reference.nowUs + each.byUs, successorOf);
          }
          expect([agenda.nowUs, agenda.size, agenda.next()]).toEqual([
            reference.nowUs,
            reference.size,
            reference.next(),
          ]);
        }
        while (agenda.step()) reference.step(successorOf);
        expect(ran).toEqual(reference.ran);
        expect(agenda.executed).toBe(ran.length);
        expect(new Set(handles).size).toBe(handles.length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('keeps the order when thousands are pending and half of them are cancelled', () => {
    const agenda = new Agenda();
    const reference: { atUs: number; id: number }[] = [];
    const ran: number[] = [];
    let state = 1;
    for (let id = 0; id < 5_000; id++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const atUs = state % 2_000;
      const handle = agenda.scheduleAt(atUs, () => ran.push(id));
      if (state % 2 === 0) agenda.cancel(handle);
      else reference.push({ atUs, id });
    }
    agenda.runUntil(2_000);
    reference.sort((a, b) => a.atUs - b.atUs || a.id - b.id);
    expect(ran).toEqual(reference.map(({ id }) => id));
  });

  it('sets the clock before it runs an event, and only then', () => {
    const agenda = new Agenda();
    const seen: number[] = [];
    agenda.schedule(5, () => seen.push(agenda.nowUs));
    expect([agenda.nowUs, agenda.next()]).toEqual([0, 5]);
    agenda.step();
    expect([seen, agenda.nowUs, agenda.step(), agenda.nowUs]).toEqual([[5], 5, false, 5]);
  });

  it('runs what an event schedules at its own instant after its equals, before lower priorities and later instants', () => {
    const agenda = new Agenda();
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    agenda.schedule(10, () => {
      order.push('first');
      agenda.schedule(0, note('child'));
      agenda.schedule(0, note('urgent child'), -1);
      agenda.schedule(0, note('late child'), 1);
    });
    agenda.schedule(10, note('second'));
    agenda.schedule(11, note('next instant'));
    agenda.runUntil(11);
    expect(order).toEqual(['first', 'urgent child', 'second', 'child', 'late child', 'next instant']);
  });

  it('runs everything up to and including the instant, and then stands at it', () => {
    const agenda = new Agenda();
    const ran: number[] = [];
    for (const atUs of [10, 20, 21]) agenda.scheduleAt(atUs, () => ran.push(atUs));
    agenda.runUntil(20);
    expect([ran, agenda.nowUs, agenda.size]).toEqual([[10, 20], 20, 1]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0.5])(
    'refuses a delay of %s by name',
    (delay) => {
      const agenda = new Agenda();
      const refusal = new ClockError(`delay must be a whole number of microseconds from 0 on, found ${delay}`);
      expect(() => agenda.schedule(delay, () => {})).toThrow(refusal);
      expect(agenda.size).toBe(0);
    },
  );

  it('refuses instants that have passed, are not whole, or are beyond what a double can count', () => {
    const agenda = new Agenda();
    agenda.runUntil(100);
    expect(() => agenda.scheduleAt(99, () => {})).toThrow('instant must not be before now (100 us), found 99');
    expect(() => agenda.runUntil(99)).toThrow('instant must not be before now (100 us), found 99');
    expect(() => agenda.scheduleAt(Number.NaN, () => {})).toThrow('found NaN');
    expect(() => agenda.runUntil(Number.POSITIVE_INFINITY)).toThrow('found Infinity');
    expect(() => agenda.schedule(Number.MAX_SAFE_INTEGER, () => {})).toThrow('instant must not be later than');
  });

  it.each([Number.NaN, 0.5, 1_001, -1_001])('refuses a priority of %s', (priority) => {
    expect(() => new Agenda().schedule(1, () => {}, priority)).toThrow(
      `priority must be a whole number from -1000 to 1000, found ${priority}`,
    );
  });

  it('orders the extreme priorities', () => {
    const agenda = new Agenda();
    const order: number[] = [];
    for (const priority of [1_000, 0, -1_000, 999, -999]) agenda.schedule(1, () => order.push(priority), priority);
    agenda.runUntil(1);
    expect(order).toEqual([-1_000, -999, 0, 999, 1_000]);
  });
});

describe('Agenda.cancel', () => {
  it('takes an event back once', () => {
    const agenda = new Agenda();
    const handle = agenda.schedule(1, () => expect.unreachable());
    expect([agenda.cancel(handle), agenda.cancel(handle), agenda.size, agenda.next(), agenda.step()]).toEqual([
      true,
      false,
      0,
      undefined,
      false,
    ]);
  });

  it('is false for an event that runs or has run, even when its place has been given to another', () => {
    const agenda = new Agenda();
    const results: boolean[] = [];
    const ran: string[] = [];
    const first: Handle = agenda.schedule(1, () => {
      agenda.schedule(1, () => ran.push('successor'));
      results.push(agenda.cancel(first));
    });
    agenda.step();
    results.push(agenda.cancel(first));
    agenda.step();
    expect([results, ran]).toEqual([[false, false], ['successor']]);
  });

  it('is false for what never was a handle', () => {
    const agenda = new Agenda();
    agenda.schedule(1, () => {});
    expect([0, -1, 0.5, 1e9, Number.NaN].map((handle) => agenda.cancel(handle))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('lets an event cancel another of the same instant', () => {
    const agenda = new Agenda();
    const ran: string[] = [];
    const victim = agenda.schedule(1, () => ran.push('victim'));
    agenda.schedule(1, () => agenda.cancel(victim), -1);
    agenda.schedule(1, () => ran.push('other'));
    agenda.runUntil(1);
    expect(ran).toEqual(['other']);
  });

  it('does not let cancelled events pile up', () => {
    const agenda = new Agenda();
    for (let index = 0; index < 100; index++) agenda.schedule(1, () => {});
    let heldMost = 0;
    for (let index = 0; index < 20_000; index++) {
      agenda.cancel(agenda.schedule(1_000_000, () => expect.unreachable()));
      heldMost = Math.max(heldMost, agenda.held);
    }
    expect(agenda.size).toBe(100);
    expect(heldMost).toBeLessThanOrEqual(202);
    agenda.runUntil(2_000_000);
    expect(agenda.executed).toBe(100);
  });

  it('cleans up while an event runs', () => {
    const agenda = new Agenda();
    const ran: number[] = [];
    const handles = Array.from({ length: 1_000 }, (_, index) =>
      agenda.schedule(5 + (index % 7), () => ran.push(index)),
    );
    agenda.schedule(1, () => {
      for (const [index, handle] of handles.entries()) if (index % 10 !== 0) agenda.cancel(handle);
      agenda.schedule(3, () => ran.push(-1));
    });
    agenda.runUntil(50);
    expect(ran.slice(0, 1)).toEqual([-1]);
    expect(ran.slice(1).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => 10 * index));
  });
});

describe('an error in an event', () => {
  it('comes out of step, and the agenda goes on', () => {
    const agenda = new Agenda();
    const ran: number[] = [];
    agenda.schedule(1, () => {
      agenda.schedule(1, () => ran.push(agenda.nowUs));
      throw new Error('boom');
    });
    agenda.schedule(1, () => ran.push(agenda.nowUs));
    expect(() => agenda.step()).toThrow('boom');
    expect([agenda.nowUs, agenda.executed, agenda.size, agenda.next()]).toEqual([1, 1, 2, 1]);
    agenda.runUntil(9);
    expect([ran, agenda.nowUs]).toEqual([[1, 2], 9]);
  });

  it('comes out of runUntil with the clock at the event', () => {
    const agenda = new Agenda();
    agenda.schedule(3, () => {
      throw new Error('boom');
    });
    expect(() => agenda.runUntil(10)).toThrow('boom');
    expect(agenda.nowUs).toBe(3);
  });

  it('that was reported with fail comes out when the event is over', () => {
    const agenda = new Agenda();
    const seen: string[] = [];
    agenda.schedule(1, () => {
      agenda.fail(new Error('swallowed'));
      seen.push('rest of the event');
    });
    agenda.schedule(1, () => seen.push('next'));
    expect(() => agenda.runUntil(5)).toThrow('swallowed');
    expect([seen, agenda.nowUs]).toEqual([['rest of the event'], 1]);
    agenda.runUntil(5);
    expect(seen).toEqual(['rest of the event', 'next']);
  });

  it('that was reported outside of an event comes out of the next step, before anything runs', () => {
    const agenda = new Agenda();
    agenda.schedule(1, () => {});
    agenda.fail(new Error('early'));
    expect(() => agenda.step()).toThrow('early');
    expect([agenda.executed, agenda.step()]).toEqual([0, true]);
  });

  it('is one of several: all are reported', () => {
    const agenda = new Agenda();
    const errors = [new Error('one'), new Error('two')];
    agenda.schedule(1, () => {
      for (const error of errors) agenda.fail(error);
    });
    let thrown: unknown;
    try {
      agenda.step();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toEqual(errors);
  });

  it('is what running the agenda from within an event gives', () => {
    const agenda = new Agenda();
    agenda.schedule(1, () => agenda.step());
    agenda.schedule(2, () => agenda.runUntil(5));
    expect(() => agenda.step()).toThrow('an event must not run the agenda');
    expect(() => agenda.step()).toThrow(ClockError);
    expect(agenda.step()).toBe(false);
  });
});
