import { expect, it } from 'vitest';
import type { Executor } from './executor.ts';
import { runAll } from './run-all.ts';

it('collects nothing more once a block has failed: whoever waited has stopped to listen', async () => {
  const collected: number[] = [];
  const finished: number[] = [];
  const executor = {
    width: 2,
    async run({ from }: { readonly from: number }) {
      // The second lane is slower, so that it is still at work when the first one fails.
      for (let turn = 0; turn < (from % 2 === 0 ? 5 : 1); turn++) await Promise.resolve();
      finished.push(from);
      if (from === 3) throw new Error('the disk is full');
      return from;
    },
  } as unknown as Executor;
  const jobs = [1, 2, 3, 4, 5, 6, 7, 8].map((from) => ({
    block: { from, to: from } as never,
    collect: () => void collected.push(from),
  }));
  await expect(runAll(executor, jobs)).rejects.toThrow('the disk is full');
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  expect(collected).toEqual([1]);
  expect(finished).toEqual([1, 3, 2]);
});
