import type { ReplicationState, SampleRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';
import { measure, type RunMetrics } from './summary.ts';
import {
  fault,
  fork,
  node,
  op,
  operator,
  ops,
  repoint,
  seconds,
  state,
  type TraceOptions,
  traceOf,
} from './testing/trace-builder.ts';

const metricsOf = (records: readonly TraceRecord[], options: TraceOptions = {}): RunMetrics =>
  measure(traceOf(records, options));

describe('histogram', () => {
  it('knows percentiles to within 3 %, and the greatest value exactly', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 100_000; value++) histogram.add(value);
    for (const share of [0.001, 0.5, 0.95, 0.99]) {
      const error = histogram.quantile(share)! / (share * 100_000) - 1;
      expect(error).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThan(1 / 32);
    }
    expect(histogram.quantile(1)).toBe(100_000);
    expect(histogram.largest).toBe(100_000);
  });

  it('has small values exactly, huge ones at all, and no percentile of nothing', () => {
    const histogram = new Histogram();
    expect(histogram.quantile(0.5)).toBeNull();
    for (const value of [0, 7, 31, 32, 2 ** 50]) histogram.add(value);
    expect([0.2, 0.4, 0.6, 0.8, 1].map((share) => histogram.quantile(share))).toEqual([0, 7, 31, 32, 2 ** 50]);
  });
});

describe('availability', () => {
  it('counts outcomes by the second of the invocation', () => {
    const { availability } = metricsOf([
      ...ops(0, 1, 0.25),
      op(1, { outcome: 'fail', error: 'x', took: 5 }),
      op(2.5, { outcome: 'indeterminate' }),
    ]);
    expect(availability).toEqual([
      {
        cohort: 'checkout',
        action: 'write',
        ok: [4, 0, 0],
        failed: [0, 1, 0],
        indeterminate: [0, 0, 1],
        availability: 4 / 6,
      },
    ]);
  });
});

describe('latency and staleness', () => {
  it('are of successful operations', () => {
    const reads = [0, 0, 0, 2, 4].map((stale, n) => op(n, { action: 'read', took: 0.01, staleUs: seconds(stale) }));
    const metrics = metricsOf([...reads, op(9, { action: 'read', outcome: 'fail', took: 30 })]);
    expect(metrics.latency).toMatchObject([
      { cohort: 'checkout', action: 'read', count: 5, maxUs: 10_000, p50Us: 10_000 },
    ]);
    expect(metrics.staleness).toMatchObject([{ cohort: 'checkout', reads: 5, stale: 2, maxUs: seconds(4) }]);
  });
});

describe('lag', () => {
  const sample = (at: number, name: string, entries: number): SampleRecord => ({
    type: 'sample',
    atUs: seconds(at),
    database: 'orders',
    node: name,
    lagUs: seconds(entries),
    lagEntries: entries,
    atRiskEntries: entries,
    atRiskUs: seconds(entries),
  });

  it('has the lag of each node, and what the best copy would lose', () => {
    const samples = [1, 2, 3].flatMap((at) => [
      sample(at, 'orders-1', 0),
      sample(at, 'orders-2', 2 * at),
      sample(at, 'orders-3', at),
    ]);
    const { lag } = metricsOf([node(0, 'orders-1', true), ...samples]);
    expect(lag.nodes[1]).toMatchObject({
      node: 'orders-2',
      samples: 3,
      lastUs: seconds(6),
      maxUs: seconds(6),
      entriesMax: 6,
    });
    expect(lag.atRisk[0]!.points.map(({ entries }) => entries)).toEqual([1, 2, 3]);
  });

  it('does not count a node that is gone, or one that is made again', () => {
    const stream = (at: number, to: ReplicationState): TraceRecord => ({
      type: 'replication',
      atUs: seconds(at),
      database: 'orders',
      from: 'orders-1',
      to: 'orders-2',
      state: to,
    });
    const records = [
      sample(1, 'orders-2', 1),
      node(2, 'orders-2', false, { status: 'host-down' }),
      sample(3, 'orders-2', 300),
      stream(4, 'rebuilding'),
      node(4, 'orders-2', false, { status: 'stopped' }),
      sample(5, 'orders-2', 500),
      stream(6, 'in-sync'),
      sample(7, 'orders-2', 2),
    ];
    expect(metricsOf(records).lag.nodes).toMatchObject([{ node: 'orders-2', samples: 2, entriesMax: 2 }]);
  });

  it('keeps a long series short', () => {
    const samples = Array.from({ length: 5_000 }, (_, n) => sample(n / 10, 'orders-2', 1));
    const { points } = metricsOf(samples).lag.atRisk[0]!;
    expect(points.length).toBeLessThanOrEqual(1_000);
    expect(points.at(-1)!.atUs).toBeGreaterThan(seconds(490));
  });
});

describe('split brain', () => {
  const write = (at: number, timeline: number, number: number, took = 0.005): TraceRecord =>
    op(at, { op: number, took, position: { timeline, lsn: number }, committedAtUs: seconds(at) });

  it('is a write that the old timeline took after the first of the new one', () => {
    const both = [
      write(95, 1, 1),
      fork(100, 1, 2, 1),
      write(101, 1, 2),
      write(102, 2, 3),
      write(103, 1, 4),
      write(104, 2, 5),
    ];
    expect(metricsOf(both).splitBrain).toEqual([{ database: 'orders', count: 1, ops: [4] }]);
  });

  it('is none when an old acknowledgement only arrives late, or on a branch that never wrote', () => {
    expect(metricsOf([write(99, 1, 1, 10), fork(100, 1, 2, 1), write(102, 2, 3)]).splitBrain).toEqual([]);
    expect(metricsOf([fork(100, 1, 2, 1), write(101, 1, 2)]).splitBrain).toEqual([]);
  });
});

describe('people and events', () => {
  it('pairs calls of an operator with what was done', () => {
    const records = [
      operator(1, 'called', 'promote'),
      operator(5, 'done', 'promote'),
      operator(6, 'called', 'repoint'),
      operator(7, 'done', 'other'),
    ];
    expect(metricsOf(records).operatorSteps).toMatchObject([
      { step: 'promote', calledAtUs: seconds(1), doneAtUs: seconds(5) },
      { step: 'repoint', doneAtUs: null },
      { step: 'other', calledAtUs: seconds(7), doneAtUs: seconds(7) },
    ]);
  });

  it('tells what happened in words and in order', () => {
    const event: TraceRecord = {
      type: 'event',
      atUs: seconds(11),
      database: 'orders',
      source: 'orders',
      id: 'RDS-EVENT-0013',
      category: 'failover',
      message: 'Multi-AZ instance failover started.',
    };
    const metrics = metricsOf([
      fault(10, { note: 'a test' }),
      event,
      state(12, 'promoting', 'promotion'),
      repoint(13, 'orders-2'),
      fork(13, 1, 2, 4),
    ]);
    expect(metrics.eventLog.entries.map(({ text }) => text)).toEqual([
      'host-failure on orders.primary (orders-1): a test',
      'Multi-AZ instance failover started.',
      'promoting (promotion)',
      'endpoint writer now names orders-2',
      'orders-2 begins timeline 2: nothing left behind',
    ]);
    expect(metrics.serviceEvents).toEqual(['RDS-EVENT-0013']);
  });

  it('says what was asked for, whom an event is about, and only those parts of a state that changed', () => {
    const event = (source: string): TraceRecord => ({
      type: 'event',
      atUs: seconds(2),
      database: 'orders',
      source,
      id: 'RDS-EVENT-0006',
      category: 'availability',
      message: 'DB instance restarted.',
    });
    const { entries } = metricsOf([
      state(0, 'care & service.available & first.following'),
      fault(1, { cause: 'request-failover', target: 'orders', resolved: ['orders'] }),
      fault(1, { cause: 'link-cut', target: 'a <-> b', resolved: ['a', 'b'] }),
      event('orders-2'),
      event('orders'),
      state(3, 'care & service.failing & first.following', 'promotion'),
    ]).eventLog;
    expect(entries.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'request: failover of orders',
      'fault: link-cut on a <-> b',
      'event: orders-2: DB instance restarted.',
      'event: DB instance restarted.',
      'state: service.failing (promotion)',
    ]);
  });

  it('is finite for a run that never stops changing', () => {
    const metrics = metricsOf(Array.from({ length: 1_000 }, (_, n) => state(n / 10 + 1, `s${n}`)));
    expect(metrics.eventLog.entries).toHaveLength(400);
    expect(metrics.eventLog.omitted).toBe(600);
  });
});

describe('failover', () => {
  it('is another node that writes, not one that comes back, nor a second that writes as well', () => {
    const restart = [node(0, 'orders-1', true), node(10, 'orders-1', false), node(20, 'orders-1', true)];
    expect(metricsOf(restart).signs.failover).toBeUndefined();
    const active = [node(0, 'a', true), node(0, 'b', true), node(10, 'a', false), node(20, 'a', true)];
    expect(metricsOf(active).signs.failover).toBeUndefined();
    const moved = [node(0, 'orders-1', true), node(10, 'orders-1', false), node(20, 'orders-2', true)];
    expect(metricsOf(moved).signs.failover).toBe(seconds(20));
  });
});

describe('measure', () => {
  it('is plain JSON', () => {
    const metrics = metricsOf([
      ...ops(0, 5, 0.1),
      fault(5),
      ...ops(5, 9, 0.1, { outcome: 'fail', error: 'reset' }),
      node(6, 'orders-1', false),
    ]);
    expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
  });

  it('notices time that goes back, and refuses a trace without a header', () => {
    const [header, ...rest] = traceOf([state(5, 'a'), state(6, 'b')]);
    expect(measure([header!, ...rest.reverse()]).timeWentBack).toBe(2);
    expect(() => measure(rest)).toThrow('header');
  });
});
