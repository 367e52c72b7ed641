import type { HeaderRecord, Phase, TraceRecord } from '@faultline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../summary.ts';
import {
  connect,
  disconnect,
  fault,
  fork,
  node,
  operator,
  ops,
  repoint,
  resolve,
  seconds,
  state,
  type TraceOptions,
  traceOf,
} from '../testing/trace-builder.ts';
import type { Waterfall } from './waterfall.ts';

const FAIL = { outcome: 'fail', error: 'connection-refused' } as const;

function waterfallFrom(records: readonly TraceRecord[], options: TraceOptions = {}): Waterfall {
  return measure(traceOf(records, options)).waterfalls[0]!;
}

/** `phase from–to actor` with times in seconds after the fault. */
function lines({ segments, faultAtUs }: Waterfall): readonly string[] {
  const offset = (atUs: number): number => (atUs - faultAtUs) / 1e6;
  return segments.map(
    ({ phase, fromUs, toUs, actor }) => `${phase} ${offset(fromUs)}–${offset(toUs)} ${actor ?? 'nobody'}`,
  );
}

/** Clients of a failover whose endpoint moves at 130 s; the last client finds out at 138 s. */
const failover: readonly TraceRecord[] = [
  node(0, 'orders-1', true),
  resolve(1, 0, 'orders-1'),
  ...ops(0, 100, 0.1),
  fault(100),
  node(100, 'orders-1', false),
  state(102, 'failingOver.detecting', 'detection'),
  state(110, 'failingOver.promoting', 'promotion'),
  state(125, 'failingOver.movingEndpoint', 'endpoint-change'),
  node(124, 'orders-2', true),
  repoint(130, 'orders-2'),
  state(130, 'rebuildingStandby', undefined, ['writable']),
  disconnect(101, 0, 'orders-1'),
  ...ops(100, 140, 0.1, { ...FAIL, clients: 1 }),
  resolve(138, 0, 'orders-2'),
  connect(139, 0, 'orders-2'),
  ...ops(140, 200, 0.1, { clients: 1, node: 'orders-2' }),
];

describe('the waterfall of a failover', () => {
  it('has the phases of the chart, then those of the client that was last', () => {
    expect(lines(waterfallFrom(failover))).toEqual([
      'detection 0–10 provider',
      'promotion 10–25 provider',
      'endpoint-change 25–30 provider',
      'dns-cache 30–38 customer',
      'reconnect 38–39 customer',
      'first-success 39–40.005 customer',
    ]);
  });

  it('says who acts as the kind says it', () => {
    const acts = { detection: 'customer', 'dns-cache': 'shared' } as const;
    const found = lines(waterfallFrom(failover, { acts }));
    expect(found[0]).toBe('detection 0–10 customer');
    expect(found[3]).toBe('dns-cache 30–38 shared');
  });

  it('gives what no chart claims to the phase that is waited for', () => {
    const records = failover.filter((record) => record.type !== 'state' || record.phase !== 'promotion');
    const gap = [...records, state(105, 'failingOver', undefined)];
    expect(lines(waterfallFrom(gap)).slice(0, 2)).toEqual(['detection 0–5 provider', 'endpoint-change 5–30 provider']);
  });

  it('cuts claims at the end when clients are back before the chart is done', () => {
    const early = [
      fault(100),
      state(101, 'detecting', 'detection'),
      ...ops(100, 104, 0.1, FAIL),
      ...ops(104, 200, 0.1),
    ];
    expect(lines(waterfallFrom([...early, state(190, 'available')]))).toEqual(['detection 0–4.005 provider']);
  });
});

describe('waterfalls of other outages', () => {
  const outage = (until: number): readonly TraceRecord[] => [
    fault(100),
    ...ops(100, until, 0.1, FAIL),
    ...ops(until, 200, 0.1, { node: 'orders-1' }),
  ];

  it('has no DNS phase where no endpoint moved', () => {
    const restart = [
      node(0, 'orders-1', true),
      resolve(1, 0, 'orders-1'),
      node(100, 'orders-1', false),
      node(120, 'orders-1', true),
    ];
    const records = [...restart, ...outage(121), disconnect(100, 1, 'orders-1'), connect(120.5, 1, 'orders-1')];
    expect(lines(waterfallFrom(records))).toEqual([
      'recovery 0–20 provider',
      'reconnect 20–20.5 customer',
      'first-success 20.5–21.005 customer',
    ]);
  });

  it('waits for the end of a cause that nobody noticed', () => {
    const records = [...outage(130), fault(129, { edge: 'healed' })];
    expect(lines(waterfallFrom(records))).toEqual(['fault-lasts 0–29 nobody', 'first-success 29–30.005 customer']);
  });

  it('takes the steps of people for decisions, but not those of other cohorts', () => {
    const records = [
      ...outage(130),
      operator(112, 'called', 'route-to-b', 'checkout'),
      operator(127, 'done', 'route-to-b', 'checkout'),
    ];
    const acts = { detection: 'customer' } as const;
    expect(lines(waterfallFrom([...records, connect(128, 3, 'orders-b')], { acts }))).toEqual([
      'detection 0–12 customer',
      'decision 12–27 customer',
      'reconnect 27–28 customer',
      'first-success 28–30.005 customer',
    ]);
    const [header, ...rest] = traceOf(records) as [HeaderRecord, ...TraceRecord[]];
    const other = { ...header.cohorts[0]!, cohort: 'mobile' };
    const elsewhere = rest.map((record) => (record.type === 'operator' ? { ...record, who: 'mobile' } : record));
    const found = measure([{ ...header, cohorts: [...header.cohorts, other] }, ...elsewhere]).waterfalls[0]!;
    expect(lines(found)).toEqual(['first-success 0–30.005 customer']);
  });

  it('holds people responsible only until service is back, and for nothing that was not needed', () => {
    const served = [node(0, 'orders-1', true), node(100, 'orders-1', false), node(120, 'orders-2', true)];
    const called = operator(105, 'called', 'promote', 'oncall');
    expect(
      lines(waterfallFrom([...served, ...outage(130), called, operator(128, 'done', 'promote', 'oncall')])),
    ).toEqual(['detection 0–5 provider', 'decision 5–20 customer', 'first-success 20–30.005 customer']);
    const dismissed = operator(128, 'dismissed', 'promote', 'oncall');
    expect(lines(waterfallFrom([...served, ...outage(130), called, dismissed]))).toEqual([
      'recovery 0–20 provider',
      'first-success 20–30.005 customer',
    ]);
  });

  it('keeps charts of one database apart', () => {
    const chart = (at: number, name: string, phase?: Phase): TraceRecord => ({
      ...state(at, name, phase),
      chart: 'west',
    });
    const charts = [
      state(102, 'a', 'detection'),
      chart(104, 'b', 'promotion'),
      chart(106, 'c'),
      state(110, 'd'),
      chart(112, 'e', 'recovery'),
      chart(120, 'f'),
    ];
    expect(lines(waterfallFrom([...outage(120), ...charts])).slice(0, 2)).toEqual([
      'detection 0–10 provider',
      'recovery 10–20 provider',
    ]);
  });

  it('goes to the end of the run where nobody recovered', () => {
    const records = [
      node(0, 'orders-1', true),
      fault(100),
      node(100, 'orders-1', false),
      state(110, 'waiting', 'decision'),
      state(150, 'lost'),
    ];
    const found = waterfallFrom([...records, ...ops(100, 200, 0.1, FAIL)], { endAt: 200 });
    expect(found.recovered).toBe(false);
    expect(lines(found)).toEqual(['detection 0–10 provider', 'decision 10–50 provider', 'recovery 50–100 provider']);
  });

  it('separates the interruptions of several faults by the time in service', () => {
    const second = [fault(150, { index: 1 }), ...ops(150, 160, 0.1, FAIL), ...ops(160, 200, 0.1)];
    const records = [fault(100), ...ops(100, 110, 0.1, FAIL), ...ops(110, 150, 0.1), ...second];
    const found = waterfallFrom(records);
    expect(lines(found)).toEqual([
      'first-success 0–10.005 customer',
      'in-service 10.005–50 nobody',
      'first-success 50–60.005 customer',
    ]);
  });

  it('follows clients to the replica that was promoted for them', () => {
    const records = [
      fault(100),
      state(105, 'down', 'recovery'),
      state(110, 'awaitingOperator', 'decision', [], 'replica'),
      state(160, 'promoting', 'promotion', [], 'replica'),
      state(170, 'available', undefined, [], 'replica'),
      fork(165, 1, 2, 10, { database: 'replica', parentDatabase: 'orders' }),
      ...ops(100, 175, 0.1, FAIL),
      ...ops(175, 200, 0.1, { database: 'replica', node: 'replica-1' }),
    ];
    const acts = { decision: 'customer' } as const;
    expect(lines(waterfallFrom(records, { databases: ['orders', 'replica'], acts }))).toEqual([
      'detection 0–5 provider',
      'recovery 5–10 provider',
      'decision 10–60 customer',
      'promotion 60–70 provider',
      'recovery 70–75.005 provider',
    ]);
  });
});

describe('any waterfall', () => {
  it('is without gap or overlap, and as long as the recovery', () => {
    const phase = fc.constantFrom('detection', 'promotion', 'recovery', 'endpoint-change', undefined);
    const states = fc.array(fc.tuple(fc.integer({ min: 95, max: 160 }), phase), { maxLength: 8 });
    const marks = fc.array(fc.tuple(fc.integer({ min: 95, max: 160 }), fc.integer({ min: 0, max: 4 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        states,
        marks,
        fc.integer({ min: 101, max: 150 }),
        fc.integer({ min: 160, max: 170 }),
        (claims, others, until, again) => {
          const records = claims.map(([at, name], n) => state(at, `s${n}`, name));
          const extra = others.map(([at, kind]) => makeMark(at, kind));
          const outage = [
            fault(100),
            ...ops(100, until, 0.1, FAIL),
            ...ops(until, again, 0.1),
            fault(again),
            ...ops(again, again + 3, 0.1, FAIL),
          ];
          const metrics = measure(traceOf([...records, ...extra, ...outage, ...ops(again + 3, 200, 0.1)]));
          const [recovery] = metrics.recovery;
          const [waterfall] = metrics.waterfalls;
          let atUs = recovery!.faultAtUs!;
          for (const segment of waterfall!.segments) {
            expect(segment.fromUs).toBe(atUs);
            expect(segment.toUs).toBeGreaterThan(segment.fromUs);
            atUs = segment.toUs;
          }
          expect(atUs - recovery!.faultAtUs!).toBe(recovery!.recoveryTimeUs);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});

function makeMark(at: number, kind: number): TraceRecord {
  if (kind === 0) return repoint(at, 'orders-2');
  if (kind === 1) return resolve(at, 0, 'orders-2');
  if (kind === 2) return connect(at, 0, 'orders-2');
  return node(at, 'orders-1', kind === 3);
}

it('counts in whole microseconds', () => {
  for (const { fromUs, toUs } of waterfallFrom(failover).segments)
    expect([fromUs, toUs].every(Number.isSafeInteger)).toBe(true);
  expect(waterfallFrom(failover).toUs).toBe(seconds(140.005));
});
