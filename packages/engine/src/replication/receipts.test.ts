import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Receipts } from './receipts.ts';

const receipts = (inBatches: boolean, flushesUs: readonly number[]): Receipts => {
  let drawn = 0;
  const flush = () => flushesUs[drawn++ % flushesUs.length] as number;
  return new Receipts({ flush, inBatches, keepsWritten: true, gapUs: 0 }, () => 0);
};

const columns = ({ writtenAt, flushedAt }: Receipts) =>
  Array.from({ length: flushedAt.length }, (_, index) => [writtenAt.at(index), flushedAt.at(index)]);

/** A receiver as a loop: it reads all that is there, writes it, flushes, and looks again. */
function receiverLoop(reaches: readonly number[], flushesUs: readonly number[]): number[][] {
  const held: number[][] = [];
  let nowUs = 0;
  for (let batch = 0; held.length < reaches.length; batch++) {
    nowUs = Math.max(nowUs, reaches[held.length] as number);
    const there = reaches.filter((atUs) => atUs <= nowUs).length;
    const endsAtUs = nowUs + (flushesUs[batch % flushesUs.length] as number);
    while (held.length < there) held.push([nowUs, endsAtUs]);
    nowUs = endsAtUs;
  }
  return held;
}

describe('receipts', () => {
  it('in batches: what comes during a flush is written and flushed together, after it', () => {
    const taken = receipts(true, [100]);
    for (const atUs of [0, 30, 60, 100, 350]) taken.take(atUs);
    expect(columns(taken)).toEqual([
      [0, 100],
      [100, 200],
      [100, 200],
      [100, 200],
      [350, 450],
    ]);
  });

  it('overlapping: each is flushed on its own, in order', () => {
    const taken = receipts(false, [100, 20]);
    for (const atUs of [0, 30, 60]) taken.take(atUs);
    expect(columns(taken)).toEqual([
      [0, 100],
      [30, 100],
      [60, 160],
    ]);
  });

  it('in batches gives what the loop of a receiver gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        (gaps, flushesUs) => {
          let atUs = 0;
          const reaches = gaps.map((gap) => (atUs += gap));
          const taken = receipts(true, flushesUs);
          for (const each of reaches) taken.take(each);
          expect(columns(taken)).toEqual(receiverLoop(reaches, flushesUs));
        },
      ),
      { seed: 7, numRuns: 1_000 },
    );
  });
});
