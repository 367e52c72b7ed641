import { describe, expect, it } from 'vitest';
import { measure } from '../summary.ts';
import { fault, header, op, ops, repoint, resolve, seconds, traceOf } from '../testing/trace-builder.ts';
import { cachedAnswers } from './cached-answers.ts';
import { beliefsAbout } from './observer-view.ts';
import { operationRates } from './operation-rates.ts';
import { recoveryAt, waterfallUntil, worstRecoveryAt } from './until.ts';
import { ViewFold } from './view-fold.ts';

const failed = { outcome: 'fail', error: 'refused' } as const;
const metrics = measure(traceOf([...ops(0, 100, 1), fault(100), ...ops(100, 130, 1, failed), ...ops(130, 300, 1)]));
const [recovery] = metrics.recovery;
const [waterfall] = metrics.waterfalls;

describe('a run until an instant', () => {
  it('has a clock that runs from the fault to the recovery and stops there', () => {
    const at = (second: number) => recoveryAt(recovery!, seconds(second));
    expect(at(99)).toEqual({ standing: 'pending', elapsedUs: null });
    expect(at(110)).toEqual({ standing: 'interrupted', elapsedUs: seconds(10) });
    expect(at(200)).toEqual({ standing: 'recovered', elapsedUs: recovery!.recoveryTimeUs });
  });

  it('names the cohort that is worst off: one that waits before one that is back', () => {
    const back = { ...recovery!, cohort: 'back', recoveryTimeUs: seconds(5) };
    const calm = { ...recovery!, cohort: 'calm', affected: false };
    const worst = (second: number) => worstRecoveryAt([calm, back, recovery!], seconds(second));
    expect(worst(110)).toMatchObject({ standing: 'interrupted', result: { cohort: 'checkout' } });
    expect(worst(200)).toMatchObject({ standing: 'recovered', elapsedUs: recovery!.recoveryTimeUs });
    expect(worst(1)).toMatchObject({ standing: 'pending' });
    expect(worstRecoveryAt([], 0)).toBeNull();
  });

  it('says of clients that noticed nothing that they were not affected', () => {
    const calm = measure(traceOf([...ops(0, 300, 1), fault(100)])).recovery[0]!;
    expect(recoveryAt(calm, seconds(150)).standing).toBe('unaffected');
  });

  it('has the waterfall as far as it has come', () => {
    expect(waterfallUntil(waterfall!, seconds(99))).toBeNull();
    const half = waterfallUntil(waterfall!, seconds(110))!;
    expect(half).toMatchObject({ toUs: seconds(110), recovered: false });
    expect(half.segments.at(-1)!.toUs).toBe(seconds(110));
    expect(waterfallUntil(waterfall!, seconds(250))).toEqual(waterfall);
  });
});

describe('what clients hold', () => {
  it('is outdated once the endpoint names another node', () => {
    const fold = new ViewFold();
    const records = [repoint(0, 'orders-1'), resolve(1, 0, 'orders-1'), resolve(1, 1, 'orders-1')];
    for (const record of [header(), ...records, repoint(5, 'orders-2'), resolve(6, 1, 'orders-2')]) fold.add(record);
    expect(cachedAnswers(fold.view, fold.view.cohorts[0]!)).toEqual([
      { node: 'orders-1', clients: 1, outdated: 1, lastExpiryUs: null },
      { node: 'orders-2', clients: 1, outdated: 0, lastExpiryUs: null },
    ]);
  });
});

describe('operation rates', () => {
  it('are counts by the width of the bin, the newest by what has passed of it', () => {
    const fold = new ViewFold();
    for (const record of [header(), ...ops(0, 2, 0.25), op(2, failed), op(2.25)]) fold.add(record);
    const rates = operationRates(fold.view.series, seconds(2.5));
    expect(rates.map(({ okPerSecond }) => okPerSecond)).toEqual([4, 4, 2]);
    expect(rates[2]).toMatchObject({ failedPerSecond: 2, indeterminatePerSecond: 0 });
  });
});

describe('beliefs about a node', () => {
  const seen = (fact: string, answeredAt: number | null, failedAt: number | null) => {
    const us = (at: number | null) => (at === null ? null : seconds(at));
    return beliefsAbout(
      {
        ...{ database: 'orders', node: 'orders-1', az: 'a', region: 'r', role: 'primary', status: 'running' },
        ...{ sinceUs: 0, writable: true, readable: true, fenced: false, position: null, lag: null },
        lastFact: { fact, atUs: 0, accepted: true },
        clients: { answeredAtUs: us(answeredAt), failedAtUs: us(failedAt) },
      },
      seconds(100),
    );
  };

  it('differ in a gray failure, whichever side is blind', () => {
    expect(seen('PRIMARY_UNREACHABLE', 99, 50)).toEqual({ observer: 'down', clients: 'up', differ: true });
    expect(seen('PRIMARY_STARTED', 80, 99)).toEqual({ observer: 'up', clients: 'down', differ: true });
  });

  it('do not differ when both agree, or when no client has tried of late', () => {
    expect(seen('PRIMARY_CRASHED', 80, 99).differ).toBe(false);
    expect(seen('PRIMARY_UNREACHABLE', 20, null)).toMatchObject({ clients: 'unknown', differ: false });
  });
});
