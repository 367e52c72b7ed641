import { simulate } from '@faultline/engine';
import { ViewFold } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { canonicalLine } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { TraceReader } from './trace-reader.ts';
import { TraceStore } from './trace-store.ts';

const parsed = parseScenario(SHORT_SCENARIO, 'short', kinds);
if (!parsed.ok) throw new Error('the short scenario can be read');
const trace = [...simulate(parsed.scenario, kinds)];
const lines = trace.map(canonicalLine);

/** Few and long chapters, or one for almost every record: it must not show. */
const storeFor = (horizonUs: number): TraceStore => {
  const store = new TraceStore(horizonUs);
  for (const record of trace) store.add(record);
  return store;
};

const packed = (store: TraceStore): TraceStore => {
  for (const chapter of store.chapters) {
    const own = lines.slice(chapter.fromSeq, chapter.fromSeq + chapter.records);
    chapter.pack(Buffer.from(`${own.join('\n')}\n`));
  }
  return store;
};

describe.each([1_000, 100e6, 1e12])('a store with views for a horizon of %d us', (horizonUs) => {
  const store = storeFor(horizonUs);
  const reader = new TraceReader(store);

  it('gives back every line, by place', () => {
    expect(reader.lines(0, trace.length)).toEqual(lines);
    expect(reader.lines(0, 1e9)).toEqual(lines);
    for (const [from, to] of [
      [0, 1],
      [999, 1_001],
      [1_500, 1_500],
      [2_000, 2_300],
    ] as const)
      expect(reader.lines(from, to)).toEqual(lines.slice(from, to));
    expect(reader.lines(trace.length, trace.length + 5)).toEqual([]);
  });

  it('knows the place of every instant', () => {
    for (const atUs of [0, 1, 30_000_000, 30_000_001, 99_999_999, 100_000_000, 1e12])
      expect(store.seqAfter(atUs)).toBe(trace.filter((record) => record.atUs <= atUs).length);
  });

  it('shows every instant as a fold from the beginning does', () => {
    for (const atUs of [0, 29_999_999, 31_415_926, 100_000_000]) {
      const fold = new ViewFold();
      for (const record of trace) if (record.atUs <= atUs) fold.add(record);
      expect(reader.viewAt(atUs)).toEqual({ seq: store.seqAfter(atUs), view: fold.snapshot() });
    }
  });

  it('reads the same when it is packed', () => {
    const closed = packed(storeFor(horizonUs));
    const other = new TraceReader(closed);
    expect(other.lines(0, trace.length)).toEqual(lines);
    expect(other.lines(1_500, 1_600)).toEqual(lines.slice(1_500, 1_600));
    expect(other.viewAt(50_000_000)).toEqual(reader.viewAt(50_000_000));
    expect([store.bytes, closed.bytes > 0]).toEqual([0, true]);
  });
});

it('a store without records shows nothing', () => {
  const store = new TraceStore(1_000);
  expect([store.records, store.seqAfter(5), new TraceReader(store).lines(0, 5)]).toEqual([0, 0, []]);
});
