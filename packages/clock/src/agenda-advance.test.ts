import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';

describe('an event that goes on', () => {
  it('knows up to when nothing else happens, and moves the clock within that', () => {
    const agenda = new Agenda();
    const seen: (readonly [string, number])[] = [];
    agenda.schedule(10, () => {
      expect(agenda.quietUntilUs).toBe(20);
      agenda.advance(19);
      seen.push(['went on', agenda.nowUs]);
      agenda.schedule(0, () => seen.push(['scheduled', agenda.nowUs]));
    });
    const gone = agenda.schedule(15, () => seen.push(['cancelled', agenda.nowUs]));
    agenda.schedule(20, () => seen.push(['next', agenda.nowUs]));
    agenda.cancel(gone);
    agenda.runUntil(100);
    expect(seen).toEqual([
      ['went on', 19],
      ['scheduled', 19],
      ['next', 20],
    ]);
  });

  it('goes no farther than the step or run that it belongs to', () => {
    const agenda = new Agenda();
    const quiet: number[] = [];
    agenda.schedule(10, () => quiet.push(agenda.quietUntilUs));
    agenda.runUntil(50);
    agenda.schedule(10, () => quiet.push(agenda.quietUntilUs));
    agenda.step();
    expect(quiet).toEqual([50, Number.POSITIVE_INFINITY]);
  });

  it.each([
    ['back', 9],
    ['to the next event', 20],
    ['by a fraction', 12.5],
    ['to no instant', Number.NaN],
  ])('cannot go %s', (_, atUs) => {
    const agenda = new Agenda();
    agenda.schedule(10, () => agenda.advance(atUs));
    agenda.schedule(20, () => {});
    expect(() => agenda.step()).toThrow(`from now (10 us) to before the next event (20 us), found ${atUs}`);
  });

  it('is the only one that can', () => {
    expect(() => new Agenda().advance(5)).toThrow('time passes by itself between events');
  });
});

describe('a reserved place', () => {
  it('is where an event runs that is scheduled later, as if it had been scheduled then', () => {
    const instants = fc.array(fc.record({ atUs: fc.nat(5), late: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(instants, (events) => {
        const order = (reserves: boolean): readonly number[] => {
          const agenda = new Agenda();
          const ran: number[] = [];
          const late: (() => void)[] = [];
          events.forEach((event, index) => {
            const work = (): void => void ran.push(index);
            if (!event.late || !reserves) agenda.scheduleAt(event.atUs, work);
            else {
              const place = agenda.reservePlace();
              late.unshift(() => agenda.scheduleInPlace(event.atUs, place, work));
            }
          });
          for (const schedule of late) schedule();
          agenda.runUntil(10);
          return ran;
        };
        expect(order(true)).toEqual(order(false));
      }),
      { seed: 11 },
    );
  });
});
