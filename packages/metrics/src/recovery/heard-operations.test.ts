import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HeardOperations } from './heard-operations.ts';

const COUNT = 40;
/** Numbers in the order in which the operations end: some of them, each once. */
const endings = fc.shuffledSubarray(Array.from({ length: COUNT }, (_, index) => index + 1));
/** Several begin in one instant, as the operations of several clients may. */
const invokedAtUs = (op: number): number => Math.floor(op / 3) * 1_000;

/** By going through all of them. */
function untilUs(ended: ReadonlySet<number>): number {
  let upTo = 0;
  while (ended.has(upTo + 1)) upTo++;
  return upTo === 0 ? Number.NEGATIVE_INFINITY : invokedAtUs(upTo);
}

it('has heard of all up to the first that is silent, in whatever order they end', () => {
  fc.assert(
    fc.property(endings, (order) => {
      const heard = new HeardOperations();
      const ended = new Set<number>();
      for (const [index, op] of order.entries()) {
        heard.ended(op, invokedAtUs(op), COUNT * 1_000 + index);
        ended.add(op);
        expect(heard.untilUs).toBe(untilUs(ended));
        expect(heard.nowUs).toBe(COUNT * 1_000 + index);
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});

it('takes the numbers of a run that began long ago', () => {
  const heard = new HeardOperations();
  heard.ended(4_000_000_001, 7, 9);
  expect(heard.untilUs).toBe(Number.NEGATIVE_INFINITY);
  heard.ended(1, 3, 10);
  expect(heard.untilUs).toBe(3);
});
