import type { OpRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { fault, fork, op, seconds, type TraceOptions, traceOf } from '../testing/trace-builder.ts';
import { DataLossFold, type DataLossResult } from './data-loss.ts';

/** Write number `n` at that second, at position `n` of a timeline. */
const write = (n: number, timeline = 1, fields: Partial<OpRecord> = {}): OpRecord =>
  op(n, { op: n, position: { timeline, lsn: n }, ...fields });
const writes = (from: number, to: number, timeline = 1): readonly OpRecord[] =>
  Array.from({ length: to - from + 1 }, (_, n) => write(from + n, timeline));

function lossOf(records: readonly TraceRecord[], options: TraceOptions = {}): readonly DataLossResult[] {
  const fold = new DataLossFold();
  for (const record of traceOf(records, options)) fold.add(record);
  return fold.result();
}

describe('data loss', () => {
  it('is what the new timeline does not contain, by name, and how far it reaches back', () => {
    const [loss] = lossOf([...writes(1, 100), fault(100.5), fork(110, 1, 2, 97), ...writes(120, 130, 2)]);
    expect(loss).toMatchObject({
      lost: 3,
      lostOps: [98, 99, 100],
      firstLostAtUs: seconds(98.005),
      lastLostAtUs: seconds(100.005),
    });
    expect(loss!.spanUs).toBe(seconds(100.5) - seconds(98.005));
  });

  it('reaches back from the fault that ended the acknowledgements, not from one that came later', () => {
    const [loss] = lossOf([...writes(1, 100), fault(100.5), fault(600), fork(900, 1, 2, 97), ...writes(920, 930, 2)]);
    expect(loss!.spanUs).toBe(seconds(100.5) - seconds(98.005));
  });

  it('is none without a fork, and none when the fork kept everything', () => {
    expect(lossOf([...writes(1, 100), fault(100.5)])[0]).toMatchObject({
      lost: 0,
      lostOps: [],
      spanUs: 0,
      firstLostAtUs: null,
    });
    expect(lossOf([...writes(1, 100), fault(100.5), fork(110, 1, 2, 100)])[0]).toMatchObject({ lost: 0 });
  });

  it('counts what an isolated primary went on to acknowledge, up to its last one', () => {
    const [loss] = lossOf([
      ...writes(1, 100),
      fault(100.5),
      fork(110, 1, 2, 100),
      ...writes(101, 115),
      ...writes(120, 125, 2),
    ]);
    expect(loss).toMatchObject({ lost: 15, spanUs: seconds(115.005) - seconds(101.005) });
  });

  it('follows forks of forks: an old entry is lost if any later fork left it behind', () => {
    const records = [
      ...writes(1, 50),
      fault(50.5),
      fork(51, 1, 2, 50),
      ...writes(52, 80, 2),
      fault(80.5),
      fork(81, 2, 3, 45),
    ];
    const [loss] = lossOf(records);
    expect(loss).toMatchObject({ lost: 34 });
    expect(loss!.lostOps[0]).toBe(46);
    expect(loss!.lostOps).toHaveLength(20);
    expect(loss!.spanUs).toBe(seconds(80.5) - seconds(46.005));
  });

  it('counts indeterminate writes that took effect, and forgets those in flight at the end', () => {
    const unsure = { outcome: 'indeterminate', error: 'socket-timeout' } as const;
    const ended = { outcome: 'indeterminate', error: 'run-ended' } as const;
    const records = [
      ...writes(1, 9),
      write(10, 1, unsure),
      write(11, 1, unsure),
      write(12, 1, ended),
      fault(12.5),
      fork(13, 1, 2, 10),
    ];
    expect(lossOf(records)[0]).toMatchObject({ lost: 0, indeterminateInEffect: 1 });
  });

  it('is judged by the promoted replica once the clients were moved there', () => {
    const promoted = fork(110, 1, 2, 90, { database: 'replica', parentDatabase: 'orders' });
    const moved = [120, 121].map((n) => write(n, 2, { database: 'replica' }));
    const options = { databases: ['orders', 'replica'] };
    expect(lossOf([...writes(1, 100), fault(100.5), promoted, ...moved], options).map(({ lost }) => lost)).toEqual([
      10, 0,
    ]);
    // Without the move the source's own timeline still holds everything.
    expect(lossOf([...writes(1, 100), fault(100.5), promoted], options).map(({ lost }) => lost)).toEqual([0, 0]);
  });

  it('says which database decides, and how many writes each acknowledged', () => {
    const promoted = fork(110, 1, 2, 90, { database: 'replica', parentDatabase: 'orders' });
    const options = { databases: ['orders', 'replica', 'sibling'] };
    const losses = lossOf([...writes(1, 100), promoted, write(120, 2, { database: 'replica' })], options);
    expect(losses.map(({ survivor, acknowledged }) => [survivor, acknowledged])).toEqual([
      ['replica', 100],
      ['replica', 1],
      ['sibling', 0],
    ]);
  });

  it('counts updates that a concurrent one overwrote apart, if they had been acknowledged', () => {
    const conflict = (loserOp: number): TraceRecord => ({
      type: 'conflict',
      atUs: seconds(60),
      database: 'orders',
      key: 1,
      winnerOp: 20,
      winnerNode: 'b',
      loserOp,
      loserNode: 'a',
    });
    const unsure = write(41, 1, { outcome: 'indeterminate', error: 'socket-timeout' });
    const [loss] = lossOf([...writes(1, 40), unsure, conflict(7), conflict(41)]);
    expect(loss).toMatchObject({ lost: 0, lostUpdates: 1, lostUpdateOps: [7] });
  });
});
