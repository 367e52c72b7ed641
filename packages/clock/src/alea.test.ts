import seedrandom from 'seedrandom';
import { expect, it } from 'vitest';
import { Alea } from './alea.ts';

it('draws what seedrandom draws, bit for bit', () => {
  for (const key of ['7\0/orders/flush\0', '1\0/a\0', 'seed\0/checkout/arrivals\0']) {
    const theirs = seedrandom.alea(key);
    const ours = new Alea(key);
    for (let draw = 0; draw < 10_000; draw++) expect(ours.next()).toBe(theirs.double());
  }
});
