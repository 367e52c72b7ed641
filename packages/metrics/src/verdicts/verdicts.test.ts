import type { TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { measure } from '../summary.ts';
import {
  disconnect,
  fault,
  fork,
  header,
  node,
  op,
  ops,
  seconds,
  state,
  type TraceOptions,
  traceOf,
} from '../testing/trace-builder.ts';
import { type Expectations, expectationsIn } from './expect.ts';
import type { Verdict } from './verdict.ts';
import { judge, judgeHeader, overallVerdict } from './verdicts.ts';

const fail = { outcome: 'fail', error: 'connection-refused' } as const;
const outage = [fault(100), ...ops(100, 130, 0.1, fail), ...ops(130, 300, 0.1)];

function judged(
  records: readonly TraceRecord[],
  expect_: Partial<Expectations>,
  options: TraceOptions = {},
): readonly Verdict[] {
  return judge(measure(traceOf(records, options)), { ...expectationsIn({}), ...expect_ });
}

const held = (
  records: readonly TraceRecord[],
  expect_: Partial<Expectations>,
  options: TraceOptions = {},
): readonly Verdict['held'][] => judged(records, expect_, options).map((verdict) => verdict.held);

const objectives = (rto: number | null, rpo: number | null = null): Partial<Expectations> => ({
  objectives: { rtoUs: rto === null ? null : seconds(rto), rpoUs: rpo === null ? null : seconds(rpo) },
});

describe('objectives', () => {
  it('hold the worst recovery against rto', () => {
    expect(judged(outage, objectives(60))).toEqual([
      {
        name: 'rto',
        kind: 'objective',
        held: true,
        unit: 'duration',
        found: seconds(30.005),
        expected: { min: null, max: seconds(60) },
      },
    ]);
    expect(held(outage, objectives(30))).toEqual([false]);
  });

  it('hold a cohort that has an objective of its own against that one only', () => {
    const own = (rtoS: number): Partial<Expectations> => ({
      objectives: { rtoUs: seconds(10), rpoUs: null, clients: { checkout: { rtoUs: seconds(rtoS) } } },
    });
    const others = [...outage, ...ops(100, 300, 0.1, { cohort: 'reports' })];
    const options = { cohorts: ['checkout', 'reports'] };
    const shown = (rtoS: number) => judged(others, own(rtoS), options).map(({ name, held: is }) => [name, is]);
    expect(shown(60)).toEqual([
      ['rto', true],
      ['rto of checkout', true],
    ]);
    expect(shown(20)).toEqual([
      ['rto', true],
      ['rto of checkout', false],
    ]);
  });

  it('are inconclusive when the run ended too soon to tell, and violated when it lasted long enough', () => {
    const never = [fault(100), ...ops(100, 200, 0.1, fail)];
    expect(held(never, objectives(120), { endAt: 200 })).toEqual(['inconclusive']);
    expect(held(never, objectives(60), { endAt: 200 })).toEqual([false]);
    expect(judged(never, objectives(60), { endAt: 200 })[0]!.found).toBeNull();
    const unconfirmed = outage.filter(({ atUs }) => atUs < seconds(135));
    expect(held(unconfirmed, objectives(60), { endAt: 135 })).toEqual(['inconclusive']);
    expect(held([], objectives(60))).toEqual(['inconclusive']);
  });

  it('hold the span of lost writes against rpo, and an rpo of 0 allows none', () => {
    const lost = op(99, { op: 5, took: 1, position: { timeline: 1, lsn: 5 } });
    const records = [lost, fault(100), fork(110, 1, 2, 4)];
    expect(held(records, objectives(null, 0))).toEqual([false]);
    expect(held(records, objectives(null, 1))).toEqual([true]);
    expect(held([lost, fault(100), fork(110, 1, 2, 5)], objectives(null, 0))).toEqual([true]);
  });
});

describe('always', () => {
  it('fails for a lost write and for a second writer, and names them', () => {
    const write = (at: number, timeline: number, lsn: number): TraceRecord =>
      op(at, { op: lsn, position: { timeline, lsn }, committedAtUs: seconds(at) });
    const records = [write(99, 1, 1), fault(100), fork(101, 1, 2, 1), write(102, 2, 2), write(103, 1, 3)];
    const verdicts = judged(records, { always: ['single-writer', 'acknowledged-writes-survive', 'monotone-time'] });
    expect(verdicts.map((verdict) => [verdict.held, verdict.found])).toEqual([
      [false, '1 writes taken by a second writer: op 3'],
      [false, '1 lost: op 3'],
      [true, 'time never went back'],
    ]);
  });

  it('fails for time that goes back', () => {
    const [first, ...rest] = traceOf([state(5, 'a'), state(6, 'b')]);
    const metrics = measure([first!, ...rest.reverse()]);
    expect(judge(metrics, { ...expectationsIn({}), always: ['monotone-time'] })[0]!.held).toBe(false);
  });
});

describe('eventually', () => {
  const names = { eventually: ['writable', 'readable', 'redundant'] };

  it('looks at the nodes and the tags of the last state', () => {
    const good = [node(0, 'orders-1', true), state(0, 'available', undefined, ['writable', 'redundant'])];
    expect(held(good, names)).toEqual([true, true, true]);
    expect(held([...good, node(50, 'orders-1', false), state(51, 'down')], names)).toEqual([false, false, false]);
    expect(judged([...good, state(51, 'degraded')], names)[2]!.found).toBe(
      'not redundant at the end: orders (degraded)',
    );
  });

  it('does not ask a replica that was never promoted to be writable', () => {
    const replica = node(0, 'replica-1', false, { database: 'replica', readable: true });
    const names = { eventually: ['writable', 'readable'] };
    expect(held([node(0, 'orders-1', true), replica], names, { databases: ['orders', 'replica'] })).toEqual([
      true,
      true,
    ]);
  });
});

describe('sometimes', () => {
  it('holds for what was seen', () => {
    const records = [
      op(1, { outcome: 'fail', error: 'read-only' }),
      op(2, { outcome: 'indeterminate', error: 'connection-reset' }),
      op(3, { action: 'read', staleUs: 5 }),
      disconnect(3, 0, 'orders-1'),
      state(4, 'waiting', undefined, ['waiting-for-person']),
      fork(5, 1, 2, 1),
    ];
    const all = [
      'client-connection-reset',
      'read-only-error',
      'indeterminate-write',
      'stale-read',
      'failover',
      'waiting-for-person',
    ];
    expect(held(records, { sometimes: all })).toEqual(all.map(() => true));
    expect(held([], { sometimes: [...all, 'lost-update'] })).toEqual([...all.map(() => false), false]);
    expect(held(records, { sometimes: ['no-failover'] })).toEqual([false]);
    expect(held([], { sometimes: ['no-failover'] })).toEqual([true]);
  });
});

describe('events and measures', () => {
  const event = (at: number, id: string): TraceRecord => ({
    type: 'event',
    atUs: seconds(at),
    database: 'orders',
    source: 'orders',
    id,
    category: 'x',
    message: id,
  });

  it('want events in order, with others between', () => {
    const published = [event(1, 'A'), event(2, 'B'), event(3, 'C')];
    expect(held(published, { events: ['A', 'C'] })).toEqual([true]);
    const [verdict] = judged(published, { events: ['B', 'A'] });
    expect(verdict).toMatchObject({ held: false, found: 'B, then no A', expected: 'B, A' });
  });

  it('bound measures from both sides', () => {
    const bounds = (min: number | null, max: number | null) => ({
      measures: { recoveryTime: { min, max }, failed: { min: 300, max: 300 } },
    });
    expect(held(outage, bounds(seconds(20), seconds(40)))).toEqual([true, true]);
    expect(held(outage, bounds(seconds(31), null))).toEqual([false, true]);
  });

  it('say of an unknown name that it is unknown', () => {
    const verdicts = judged(outage, {
      always: ['sane'],
      eventually: ['toString'],
      sometimes: ['rain'],
      measures: { joy: { min: 1, max: null } },
    });
    expect(verdicts.map((verdict) => verdict.held)).toEqual(Array(4).fill('inconclusive'));
    expect(verdicts[3]!.found).toBe('no measure is called joy');
  });
});

describe('judgeHeader', () => {
  it('reads what the header of a trace expects', () => {
    const resolved = { expect: { ...expectationsIn(null), always: ['monotone-time'] } };
    const metrics = measure(traceOf(outage, { resolved }));
    expect(judgeHeader(metrics, header({ resolved })).map(({ name }) => name)).toEqual(['monotone-time']);
    expect(judgeHeader(metrics, header())).toEqual([]);
  });
});

describe('overallVerdict', () => {
  const verdict = (value: Verdict['held']): Verdict => ({
    name: 'x',
    kind: 'always',
    held: value,
    unit: 'text',
    found: '',
    expected: '',
  });

  it('is violated before inconclusive before held', () => {
    expect(overallVerdict([verdict(true), verdict('inconclusive'), verdict(false)])).toBe(false);
    expect(overallVerdict([verdict(true), verdict('inconclusive')])).toBe('inconclusive');
    expect(overallVerdict([])).toBe(true);
  });
});
