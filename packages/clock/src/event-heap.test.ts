import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHeap } from './event-heap.ts';

const drain = (heap: EventHeap): number[] => {
  const slots: number[] = [];
  for (; heap.count > 0; heap.pop()) slots.push(heap.topSlot);
  return slots;
};

/** Slots in the order of `(instant, order)`, with the order falling, so that ties do not come out by accident. */
const sorted = (instants: readonly number[]): number[] =>
  instants
    .map((atUs, slot) => ({ atUs, slot }))
    .sort((a, b) => a.atUs - b.atUs || b.slot - a.slot)
    .map(({ slot }) => slot);

const filled = (instants: readonly number[]): EventHeap => {
  const heap = new EventHeap();
  for (const [slot, atUs] of instants.entries()) heap.push(atUs, -slot, slot);
  return heap;
};

const instants = fc.array(fc.nat(20), { maxLength: 600 });

describe('EventHeap', () => {
  it('gives entries back in the order of instant and order', () => {
    fc.assert(
      fc.property(instants, (all) => {
        expect(drain(filled(all))).toEqual(sorted(all));
      }),
      { seed: 7 },
    );
  });

  it('replaces the first entry as removing and adding would', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 300 }), fc.nat(25), (all, atUs) => {
        const [replaced, popped] = [filled(all), filled(all)];
        const slot = replaced.topSlot;
        replaced.replaceTop(atUs, 1, slot);
        popped.pop();
        popped.push(atUs, 1, slot);
        expect(drain(replaced)).toEqual(drain(popped));
      }),
      { seed: 7 },
    );
  });

  it('retains what passes, still in order', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 5 }), (all, divisor) => {
        const heap = filled(all);
        heap.retain((slot) => slot % divisor === 0);
        expect(drain(heap)).toEqual(sorted(all).filter((slot) => slot % divisor === 0));
      }),
      { seed: 7 },
    );
  });

  it('has infinity on top when it is empty', () => {
    const heap = filled([3]);
    heap.pop();
    expect([heap.count, heap.topAtUs]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});
