import type { TraceRecord } from '@faultline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connect,
  disconnect,
  fault,
  fork,
  header,
  node,
  op,
  operator,
  repoint,
  resolve,
  seconds,
  state,
} from '../testing/trace-builder.ts';
import { ViewFold } from './view-fold.ts';
import type { ViewState } from './view-state.ts';

const HEADER = {
  ...header({ resolved: { topology: { clients: { checkout: { pool: { size: 4 } } } } } }),
};
const DATABASE = HEADER.databases[0]!;
const PLACE = { region: 'us-east-1' };
const WHOLE = {
  ...HEADER,
  databases: [
    {
      ...DATABASE,
      nodes: [
        { ...PLACE, node: 'orders-1', az: 'use1-az1', role: 'primary' },
        { ...PLACE, node: 'orders-2', az: 'use1-az2', role: 'standby' },
      ],
    },
  ],
};

function folded(records: readonly TraceRecord[]): ViewState {
  const fold = new ViewFold();
  for (const record of [WHOLE, ...records]) fold.add(record);
  return fold.snapshot();
}

const sample = (at: number, name: string, lag: number): TraceRecord => ({
  type: 'sample',
  atUs: seconds(at),
  database: 'orders',
  node: name,
  lagUs: seconds(lag),
  lagEntries: lag,
  atRiskEntries: lag,
  atRiskUs: seconds(lag),
});

const replication = (at: number, from: string, to: string): TraceRecord => ({
  type: 'replication',
  atUs: seconds(at),
  database: 'orders',
  from,
  to,
  state: 'streaming',
});

describe('picture of a run', () => {
  it('knows who copies from whom before anything is recorded, and after a promotion', () => {
    expect(folded([]).streams).toMatchObject([{ from: 'orders-1', to: 'orders-2', state: 'initial' }]);
    expect(folded([fork(10, 1, 2, 5)]).streams).toEqual([]);
    expect(folded([fork(10, 1, 2, 5), replication(20, 'orders-2', 'orders-1')]).streams).toMatchObject([
      { from: 'orders-2', to: 'orders-1', state: 'streaming', sinceUs: seconds(20) },
    ]);
  });

  it('counts connections, and as broken those whose process ended', () => {
    const opened = [node(0, 'orders-1', true), connect(1, 0, 'orders-1'), connect(2, 1, 'orders-1')];
    const crashed = [...opened, node(3, 'orders-1', false)];
    expect(folded(opened).cohorts[0]!.connections).toEqual([{ node: 'orders-1', open: 2, broken: 0 }]);
    expect(folded(crashed).cohorts[0]!.connections).toEqual([{ node: 'orders-1', open: 2, broken: 2 }]);
    const noticed = folded([...crashed, disconnect(4, 0, 'orders-1')]);
    expect(noticed.cohorts[0]!.connections).toEqual([{ node: 'orders-1', open: 1, broken: 1 }]);
    expect(noticed.series.connections.broken.slice(2)).toEqual([0, 2, 1]);
  });

  it('has the answer that each client holds, and the previous one of the name itself', () => {
    const view = folded([repoint(0, 'orders-1'), resolve(1, 3, 'orders-1'), repoint(5, 'orders-2')]);
    expect(view.cohorts[0]!.answers).toMatchObject([{ client: 3, node: 'orders-1', expiresAtUs: null }]);
    expect(view.endpoints).toMatchObject([{ nodes: ['orders-2'], previousNodes: ['orders-1'] }]);
  });

  it('keeps what the observer learned of a node answering, not what it learned of its data', () => {
    const fact = (at: number, name: string): TraceRecord => ({
      type: 'fact',
      atUs: seconds(at),
      database: 'orders',
      fact: name,
      node: 'orders-2',
      outcome: 'ignored',
    });
    const view = folded([fact(1, 'STANDBY_UNREACHABLE'), fact(2, 'STANDBY_DISCONNECTED')]);
    expect(view.nodes[1]!.lastFact).toMatchObject({ fact: 'STANDBY_UNREACHABLE', accepted: false });
    expect(folded([fact(2, 'STANDBY_DISCONNECTED')]).nodes[1]!.lastFact).toBeNull();
  });

  it('keeps causes and calls only while they are in force', () => {
    const begun = [fault(1), operator(2, 'called', 'promote')];
    expect(folded(begun)).toMatchObject({ faults: [{ cause: 'host-failure' }], operatorSteps: [{ step: 'promote' }] });
    const over = [...begun, fault(3, { edge: 'healed' }), operator(4, 'done', 'promote')];
    expect(folded(over)).toMatchObject({ faults: [], operatorSteps: [] });
  });

  it('puts operations into the bin of their invocation, latencies into that of their end', () => {
    const { series } = folded([op(1.5, { took: 3 }), op(1.6, { took: 4, outcome: 'fail' })]);
    expect(series.binUs).toBe(seconds(1));
    expect(series.operations).toEqual([{ cohort: 'checkout', ok: [0, 1], failed: [0, 1], indeterminate: [] }]);
    expect(series.latency.p99Us).toEqual([null, null, null, null, seconds(3)]);
  });

  it('keeps the greatest lag of a bin, and what the best copy would lose', () => {
    const { series } = folded([
      node(0, 'orders-1', true),
      sample(1.2, 'orders-2', 4),
      sample(1.8, 'orders-2', 2),
      sample(2.5, 'orders-2', 1),
    ]);
    expect(series.lag).toEqual([{ database: 'orders', node: 'orders-2', lagUs: [null, seconds(4), seconds(1)] }]);
    expect(series.atRisk).toMatchObject([{ entries: [null, 4] }]);
  });
});

const clients = fc.nat({ max: 3 });
const names = fc.constantFrom('orders-1', 'orders-2');
const anyRecord = fc.oneof(
  fc.tuple(clients, names).map(
    ([client, name]) =>
      (at: number) =>
        connect(at, client, name),
  ),
  fc.tuple(clients, names).map(
    ([client, name]) =>
      (at: number) =>
        disconnect(at, client, name),
  ),
  fc.tuple(clients, names).map(
    ([client, name]) =>
      (at: number) =>
        resolve(at, client, name),
  ),
  fc.tuple(names, fc.boolean()).map(
    ([name, serves]) =>
      (at: number) =>
        node(at, name, serves),
  ),
  fc.tuple(names, fc.nat({ max: 9 })).map(
    ([name, lag]) =>
      (at: number) =>
        sample(at, name, lag),
  ),
  fc
    .record({
      client: clients,
      took: fc.double({ min: 0, max: 9, noNaN: true }),
      outcome: fc.constantFrom('ok' as const, 'fail' as const, 'indeterminate' as const),
      node: names,
    })
    .map(
      ({ took, ...fields }) =>
        (at: number): TraceRecord => ({
          ...op(Math.max(0, at - took), { ...fields, op: 1, position: { timeline: 1, lsn: Math.round(at) } }),
          atUs: seconds(at),
        }),
    ),
  fc.constantFrom('started' as const, 'healed' as const).map((edge) => (at: number) => fault(at, { edge })),
  fc.constant((at: number) => state(at, `state-${at}`, 'promotion')),
  fc.constantFrom('called' as const, 'done' as const).map((edge) => (at: number) => operator(at, edge, 'promote')),
  names.map((name) => (at: number) => repoint(at, name)),
  fc.constant((at: number) => replication(at, 'orders-2', 'orders-1')),
  fc.constant((at: number) => fork(at, 1, 2, 1)),
);

const anyTrace = fc
  .array(fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), anyRecord), { maxLength: 60 })
  .map((steps) => {
    let at = 0;
    const records = steps.map(([gap, make]) => {
      at += gap;
      return make(at);
    });
    return [WHOLE, ...records];
  });

describe('snapshot', () => {
  it('at any record, carried over as JSON and continued, gives what the whole trace gives', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(), (trace, cut) => {
        const whole = new ViewFold();
        let parts = new ViewFold();
        for (const [index, record] of trace.entries()) {
          whole.add(record);
          parts.add(record);
          if (index === cut % trace.length) parts = ViewFold.from(parts.snapshot());
        }
        expect(parts.snapshot()).toEqual(whole.snapshot());
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('is nobody else’s: records that follow do not change it', () => {
    const fold = new ViewFold();
    fold.add(WHOLE);
    fold.add(connect(1, 0, 'orders-1'));
    const before = fold.snapshot();
    const text = JSON.stringify(before);
    fold.add(connect(2, 1, 'orders-1'));
    fold.add(op(3));
    expect(JSON.stringify(before)).toBe(text);
  });

  it('has a bounded size: a longer trace makes it no larger', () => {
    const busy = (many: number) =>
      Array.from({ length: many }, (_, index) => {
        const at = (index * 599) / many;
        return [
          op(at, { client: index % 4, op: index }),
          state(at, `s${index % 10}`),
          sample(at, 'orders-2', index % 9),
        ];
      }).flat();
    const small = JSON.stringify(folded(busy(2_000))).length;
    const large = JSON.stringify(folded(busy(20_000))).length;
    expect(large).toBeLessThan(small * 1.2);
  });
});
