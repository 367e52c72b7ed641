import seedrandom from 'seedrandom';
import { expect, it } from 'vitest';
import { Alea } from './alea.ts';

it('draws what seedrandom draws, bit for bit', () => {
  for (const key of ['7\0/orders/flush\0', '1\0/a\0', '1', 'grün 種', `${'long '.repeat(50)}\0/checkout/arrivals\0`]) {
    const theirs = seedrandom.alea(key);
    const ours = new Alea(key);
    for (let draw = 0; draw < 10_000; draw++) expect(ours.next()).toBe(theirs.double());
  }
});

it('is seeded as seedrandom is, by many keys', () => {
  for (let trial = 1; trial <= 3_000; trial++) {
    const key = `7.${trial}\0/orders/${'promotion'.slice(0, trial % 10)}\0`;
    expect(new Alea(key).next()).toBe(seedrandom.alea(key).double());
  }
});
