import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, createActor, emit, SimulatedClock, setup } from 'xstate';
import { Agenda } from './agenda.ts';
import { ClockError } from './clock-error.ts';
import { AgendaClock } from './xstate-clock.ts';

const failover = setup({
  delays: { detection: 30, promotion: ({ context }: { context: { promotionMs: number } }) => context.promotionMs },
}).createMachine({
  context: ({ input }) => ({ promotionMs: input as number }),
  initial: 'available',
  states: {
    available: { on: { PRIMARY_LOST: 'detecting' } },
    detecting: { after: { detection: 'promoting' }, on: { PRIMARY_FOUND: 'available' } },
    promoting: { after: { promotion: 'done' } },
    done: { entry: emit({ type: 'DONE' }) },
  },
});

const run = (machine: AnyStateMachine, input: unknown, clock: AgendaClock) => {
  const actor = createActor(machine, { clock, input });
  // XState rethrows what no observer takes from a host timer.
  actor.subscribe({ error: () => {} });
  return actor.start();
};

describe('AgendaClock', () => {
  it('runs the delays of a chart, at their instants and in one order with other events', () => {
    const agenda = new Agenda();
    const seen: string[] = [];
    const actor = run(
      failover,
      12.5,
      new AgendaClock(agenda, () => seen.push(`${actor.getSnapshot().value}@${agenda.nowUs}`)),
    );
    agenda.schedule(30_000, () => seen.push('raw before'));
    actor.send({ type: 'PRIMARY_LOST' });
    agenda.schedule(30_000, () => seen.push('raw after'));
    agenda.runUntil(100_000);
    expect(seen).toEqual(['raw before', 'promoting@30000', 'raw after', 'done@42500']);
  });

  it('takes timers back when a state is left', () => {
    const agenda = new Agenda();
    const clock = new AgendaClock(agenda);
    const actor = run(failover, 10, clock);
    actor.send({ type: 'PRIMARY_LOST' });
    expect([agenda.size, clock.pending]).toEqual([1, 1]);
    actor.send({ type: 'PRIMARY_FOUND' });
    expect([agenda.size, clock.pending]).toEqual([0, 0]);
    agenda.runUntil(100_000);
    expect(actor.getSnapshot().value).toBe('available');
  });

  it('fires a timer that sets itself again ten times in 100 ms, where XState’s own simulated clock fires it once', () => {
    const agenda = new Agenda();
    const ours: number[] = [];
    const clock = new AgendaClock(agenda);
    const tick = (): void => {
      ours.push(agenda.nowUs);
      clock.setTimeout(tick, 10);
    };
    clock.setTimeout(tick, 10);
    agenda.runUntil(100_000);
    expect(ours).toEqual(Array.from({ length: 10 }, (_, index) => 10_000 * (index + 1)));

    const theirs: number[] = [];
    const simulated = new SimulatedClock();
    const tock = (): void => {
      theirs.push(simulated.now());
      simulated.setTimeout(tock, 10);
    };
    simulated.setTimeout(tock, 10);
    simulated.increment(100);
    expect(theirs).toEqual([100]);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses a delay of %s by name', (ms) => {
    const clock = new AgendaClock(new Agenda());
    const refusal = new ClockError(`delay must be a number of milliseconds from 0 on, found ${ms}`);
    expect(() => clock.setTimeout(() => {}, ms)).toThrow(refusal);
    expect(clock.pending).toBe(0);
  });

  it('makes a timing that was never drawn an error of the actor, which afterTimer can throw', () => {
    const agenda = new Agenda();
    const actor = run(
      failover,
      Number.NaN,
      new AgendaClock(agenda, () => {
        const snapshot = actor.getSnapshot();
        if (snapshot.status === 'error') throw snapshot.error;
      }),
    );
    actor.send({ type: 'PRIMARY_LOST' });
    expect(() => agenda.runUntil(100_000)).toThrow('delay must be a number of milliseconds from 0 on, found NaN');
    expect(agenda.nowUs).toBe(30_000);
  });

  it('rounds to whole microseconds', () => {
    const agenda = new Agenda();
    const seen: number[] = [];
    const clock = new AgendaClock(agenda);
    for (const ms of [0.0004, 0.0006, 1.2345]) clock.setTimeout(() => seen.push(agenda.nowUs), ms);
    agenda.runUntil(10_000);
    expect(seen).toEqual([0, 1, 1_235]);
  });

  it('ignores ids that are not pending', () => {
    const clock = new AgendaClock(new Agenda());
    const id = clock.setTimeout(() => {}, 1);
    clock.clearTimeout(id);
    clock.clearTimeout(id);
    clock.clearTimeout(99);
    expect([id > 0, clock.pending]).toEqual([true, 0]);
  });

  it('lets an error of a timer out of step, without afterTimer', () => {
    const agenda = new Agenda();
    const clock = new AgendaClock(agenda, () => expect.unreachable());
    clock.setTimeout(() => {
      throw new Error('in a timer');
    }, 1);
    expect(() => agenda.step()).toThrow('in a timer');
    expect(clock.pending).toBe(0);
  });
});

describe('the speed of an AgendaClock', () => {
  const setUp = () => {
    const agenda = new Agenda();
    const clock = new AgendaClock(agenda);
    const seen: string[] = [];
    const timer = (name: string, ms: number): number =>
      clock.setTimeout(() => seen.push(`${name}@${agenda.nowUs}`), ms);
    return { agenda, clock, seen, timer };
  };

  it('stretches what is left of pending timers, and all of new ones', () => {
    const { agenda, clock, seen, timer } = setUp();
    timer('pending', 10);
    agenda.runUntil(6_000);
    clock.setSpeed(0.25);
    timer('new', 1);
    agenda.runUntil(100_000);
    expect(seen).toEqual(['new@10000', 'pending@22000']);
  });

  it('freezes at 0 and goes on where it stood', () => {
    const { agenda, clock, seen, timer } = setUp();
    timer('pending', 10);
    agenda.runUntil(4_000);
    clock.setSpeed(0);
    timer('set while frozen', 1);
    agenda.runUntil(50_000);
    expect([seen, clock.pending, agenda.size]).toEqual([[], 2, 0]);
    clock.setSpeed(1);
    agenda.runUntil(100_000);
    expect(seen).toEqual(['set while frozen@51000', 'pending@56000']);
  });

  it('lets frozen timers be cleared', () => {
    const { agenda, clock, seen, timer } = setUp();
    const id = timer('cleared', 10);
    clock.setSpeed(0);
    clock.clearTimeout(id);
    clock.setSpeed(1);
    agenda.runUntil(100_000);
    expect(seen).toEqual([]);
  });

  it('keeps the order of timers that are due together', () => {
    const { agenda, clock, seen, timer } = setUp();
    timer('first', 10);
    timer('second', 10);
    agenda.runUntil(5_000);
    clock.setSpeed(0.5);
    agenda.runUntil(100_000);
    expect(seen).toEqual(['first@15000', 'second@15000']);
  });

  it('keeps timers that a slow clock puts after the end of time until it is faster again', () => {
    const { agenda, clock, seen, timer } = setUp();
    timer('long', 26_000_000);
    clock.setSpeed(0.000_001);
    expect([clock.pending, agenda.size]).toEqual([1, 0]);
    clock.setSpeed(1);
    agenda.runUntil(26_000_000_000);
    expect(seen).toEqual(['long@26000000000']);
  });

  it('adds up no rounding errors over many changes', () => {
    const { agenda, clock, seen, timer } = setUp();
    timer('steady', 30);
    // Every third millisecond is slow: 36 of them bring 12 * (1 + 1 + 1/3) = 28 ms of the timer's own, two more the rest.
    for (let ms = 1; ms <= 60; ms++) {
      clock.setSpeed(ms % 3 === 0 ? 1 / 3 : 1);
      agenda.runUntil(ms * 1_000);
    }
    expect(seen).toEqual(['steady@38000']);
  });

  it('applies to a chart: a control plane that is down finishes its failover when it is back', () => {
    const agenda = new Agenda();
    const clock = new AgendaClock(agenda);
    const actor = run(failover, 10, clock);
    actor.send({ type: 'PRIMARY_LOST' });
    agenda.runUntil(35_000);
    clock.setSpeed(0);
    agenda.runUntil(500_000);
    expect(actor.getSnapshot().value).toBe('promoting');
    clock.setSpeed(1);
    agenda.runUntil(504_999);
    expect(actor.getSnapshot().value).toBe('promoting');
    agenda.runUntil(505_000);
    expect(actor.getSnapshot().value).toBe('done');
  });

  it.each([Number.NaN, -1, 1e-7, 1e7, Number.POSITIVE_INFINITY])('refuses %s', (factor) => {
    const { clock } = setUp();
    expect(() => clock.setSpeed(factor)).toThrow(
      `speed must be 0 or a number from 0.000001 to 1000000, found ${factor}`,
    );
    expect(clock.speed).toBe(1);
  });
});
