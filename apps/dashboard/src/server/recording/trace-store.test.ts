import { simulate } from '@faultline/engine';
import { ViewFold } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { canonicalLine } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { TraceStore } from './trace-store.ts';

const parsed = parseScenario(SHORT_SCENARIO, 'short', kinds);
if (!parsed.ok) throw new Error('the short scenario can be read');
const trace = [...simulate(parsed.scenario, kinds)];
const lines = trace.map(canonicalLine);

/** Few and long chapters, or one for almost every record: it must not show. */
const storeFor = (horizonUs: number): TraceStore => {
  const store = new TraceStore(horizonUs);
  trace.forEach((record, seq) => {
    store.add(record, lines[seq] as string);
  });
  return store;
};

describe.each([1_000, 100e6, 1e12])('a store with views for a horizon of %d us', (horizonUs) => {
  const store = storeFor(horizonUs);

  it('gives back every line, by place', () => {
    expect(store.lines(0, trace.length)).toEqual(lines);
    expect(store.lines(0, 1e9)).toEqual(lines);
    for (const [from, to] of [
      [0, 1],
      [999, 1_001],
      [1_500, 1_500],
      [2_000, 2_300],
    ] as const)
      expect(store.lines(from, to)).toEqual(lines.slice(from, to));
    expect(store.lines(trace.length, trace.length + 5)).toEqual([]);
  });

  it('knows the place of every instant', () => {
    for (const atUs of [0, 1, 30_000_000, 30_000_001, 99_999_999, 100_000_000, 1e12])
      expect(store.seqAfter(atUs)).toBe(trace.filter((record) => record.atUs <= atUs).length);
  });

  it('shows every instant as a fold from the beginning does', () => {
    for (const atUs of [0, 29_999_999, 31_415_926, 100_000_000]) {
      const fold = new ViewFold();
      for (const record of trace) if (record.atUs <= atUs) fold.add(record);
      expect(store.viewAt(atUs)).toEqual({ seq: store.seqAfter(atUs), view: fold.snapshot() });
    }
  });

  it('reads the same when it is complete', () => {
    const closed = storeFor(horizonUs);
    closed.complete();
    expect(closed.lines(0, trace.length)).toEqual(lines);
    expect(closed.viewAt(50_000_000)).toEqual(store.viewAt(50_000_000));
    expect(closed.bytes).toBeGreaterThan(0);
  });
});

it('a store without records shows nothing', () => {
  const store = new TraceStore(1_000);
  expect([store.records, store.seqAfter(5), store.lines(0, 5)]).toEqual([0, 0, []]);
});
