import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ArrivalList, Listed } from './arrival-list.ts';

class Guest extends Listed {
  readonly name: number;

  constructor(name: number) {
    super();
    this.name = name;
  }
}

it('keeps the order of a set whatever comes and goes', () => {
  const steps = fc.array(fc.record({ comes: fc.boolean(), who: fc.nat(9) }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (visits) => {
      const guests = Array.from({ length: 10 }, (_, name) => new Guest(name));
      const list = new ArrivalList<Guest>();
      const set = new Set<Guest>();
      for (const { comes, who } of visits) {
        const guest = guests[who]!;
        if (comes) {
          list.add(guest);
          set.add(guest);
        } else {
          list.delete(guest);
          set.delete(guest);
        }
        expect(list.size).toBe(set.size);
        expect([...list]).toEqual([...set]);
      }
      expect(list.takeAll()).toEqual([...set]);
      expect(list.size).toBe(0);
      expect(guests.every(({ before, after }) => before === null && after === null)).toBe(true);
    }),
    { seed: 5, numRuns: 100 },
  );
});

it('refuses an item that stands elsewhere, and leaves alone what stands elsewhere', () => {
  const [here, elsewhere] = [new ArrivalList<Guest>(), new ArrivalList<Guest>()];
  const guest = new Guest(1);
  here.add(guest);
  expect(() => elsewhere.add(guest)).toThrow('one list at a time');
  elsewhere.delete(guest);
  expect([...here]).toEqual([guest]);
});
