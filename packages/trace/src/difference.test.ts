import { describe, expect, it } from 'vitest';
import { describeDifference, firstDifference } from './difference.ts';
import type { TraceRecord } from './records/trace-record.ts';

const state = (atUs: number, name: string): TraceRecord => ({
  type: 'state',
  atUs,
  database: 'orders',
  chart: 'orders',
  state: name,
  tags: [],
});
const fact = (promotion: number): TraceRecord => ({
  type: 'fact',
  atUs: 9,
  database: 'orders',
  fact: 'PRIMARY_UNREACHABLE',
  outcome: 'accepted',
  drawnUs: { promotion },
});

describe('firstDifference', () => {
  it('finds none between equal traces, even if their keys are in another order', () => {
    const reversed = Object.fromEntries(Object.entries(state(1, 'available')).reverse()) as unknown as TraceRecord;
    expect(firstDifference([state(1, 'available')], [reversed])).toBeNull();
    expect(firstDifference([], [])).toBeNull();
  });

  it('names the record and the fields, nested ones by path', () => {
    const found = firstDifference([state(1, 'a'), fact(10)], [state(1, 'a'), fact(12)]);
    expect(found).toEqual({ index: 1, a: fact(10), b: fact(12), fields: ['drawnUs.promotion'] });
    expect(describeDifference(found!)).toBe('record 1 (fact at 9 µs) differs:\n  drawnUs.promotion: 10 / 12');
  });

  it('tells records of different types apart', () => {
    const found = firstDifference([state(9, 'a')], [fact(1)]);
    expect(found?.fields).toEqual(['chart', 'drawnUs', 'fact', 'outcome', 'state', 'tags', 'type']);
  });

  it('says which trace goes on when the other one ends', () => {
    const found = firstDifference([state(1, 'a')], [state(1, 'a'), state(2, 'b')]);
    expect(found).toEqual({ index: 1, a: null, b: state(2, 'b'), fields: [] });
    expect(describeDifference(found!)).toBe('record 1 (state at 2 µs) is in the second trace only');
  });

  it('reads no further than the difference, and closes both traces', () => {
    const closed: string[] = [];
    function* endless(name: string, second: string): Generator<TraceRecord> {
      try {
        yield state(0, 'a');
        for (;;) yield state(1, second);
      } finally {
        closed.push(name);
      }
    }
    expect(firstDifference(endless('x', 'b'), endless('y', 'c'))?.index).toBe(1);
    expect(closed).toEqual(['x', 'y']);
  });
});
