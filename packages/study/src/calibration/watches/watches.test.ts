import type { OpRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { between, fromTo } from './between.ts';
import { latencyQuantile, throughput } from './commits.ts';
import { after, event, failure, nth, since, success } from './instants.ts';
import { meanLag } from './lag.ts';
import { longestSilence } from './longest-silence.ts';
import { gapDifference, probeGap } from './probe-gap.ts';
import { visibleElsewhere } from './visibility.ts';
import type { Watch } from './watch.ts';

const S = 1_000_000;

const op = (sentS: number, tookS: number, fields: Partial<OpRecord> = {}): OpRecord => ({
  ...{
    type: 'op',
    cohort: 'probe',
    client: 0,
    op: 1,
    action: 'write',
    key: 1,
    outcome: 'ok',
    database: 'db',
    attempts: 1,
  },
  atUs: (sentS + tookS) * S,
  invokedAtUs: sentS * S,
  ...fields,
});
const failed = (sentS: number, fields: Partial<OpRecord> = {}): OpRecord =>
  op(sentS, 0.25, { outcome: 'fail', ...fields });
const told = (atS: number, id: string): TraceRecord => ({
  type: 'event',
  atUs: atS * S,
  database: 'db',
  source: 'db',
  id,
  category: 'failover',
  message: '',
});

function seen(
  watch: Watch,
  records: readonly TraceRecord[],
): { readonly value: number | null; readonly settled: boolean } {
  for (const record of records) watch.add(record);
  return { value: watch.value(), settled: watch.settled };
}

describe('the gap of a probe', () => {
  const outage = [op(1, 0.25), failed(2), failed(3), op(4, 0.25), failed(5), op(6, 0.5), op(7, 0.25)];

  it('runs from the first failure sent to the first success after the last failure', () => {
    expect(seen(probeGap({ cohort: 'probe' }), outage)).toEqual({ value: 4.5 * S, settled: false });
  });

  it('may begin when the first failure was told', () => {
    expect(seen(probeGap({ cohort: 'probe', fromTold: true }), outage).value).toBe(4.25 * S);
  });

  it('is settled after a quiet time', () => {
    expect(seen(probeGap({ cohort: 'probe', quietUs: 10 * S }), [...outage, op(17, 0)])).toEqual({
      value: 4.5 * S,
      settled: true,
    });
  });

  it('is none without a failure, and unknown while nothing succeeds again', () => {
    expect(seen(probeGap({ cohort: 'probe' }), [op(1, 1)]).value).toBe(0);
    expect(seen(probeGap({ cohort: 'probe' }), [failed(1), failed(2)]).value).toBeNull();
  });

  it('leaves out what came before, other cohorts, other errors and the end of the run', () => {
    const records = [
      failed(1),
      op(2, 0.25),
      failed(3, { error: 'read-only' }),
      failed(4, { error: 'refused' }),
      failed(5, { cohort: 'other' }),
      op(6, 0.5),
      failed(9, { error: 'run-ended' }),
    ];
    expect(seen(probeGap({ cohort: 'probe', sinceUs: 2 * S }), records).value).toBe(3.5 * S);
    expect(seen(probeGap({ cohort: 'probe', sinceUs: 2 * S, error: 'read-only' }), records).value).toBe(1.25 * S);
  });

  it('can be held against that of another probe', () => {
    const records = [failed(1), failed(2, { cohort: 'reads' }), op(3, 0, { cohort: 'reads' }), op(4, 0)];
    expect(seen(gapDifference({ cohort: 'probe' }, { cohort: 'reads' }), records).value).toBe(2 * S);
  });
});

describe('the longest silence', () => {
  it('counts answers that were held like failures, and what came before not at all', () => {
    const records = [op(0, 0), op(30, 0), op(31, 20), failed(52), op(53, 0), op(54, 0)];
    expect(seen(longestSilence('probe', 40 * S), records)).toEqual({ value: 21 * S, settled: false });
  });
});

describe('a time between two instants', () => {
  const records = [failed(2), told(4, 'A'), op(5, 1), told(6, 'B'), told(8, 'B')];

  it('has a sign', () => {
    expect(seen(between(event('A'), failure('probe')), records)).toEqual({ value: -2 * S, settled: true });
  });

  it('may ask for what comes after, or for the n-th', () => {
    expect(seen(fromTo(event('A'), event('B')), [told(1, 'B'), ...records]).value).toBe(2 * S);
    expect(seen(fromTo(event('A'), nth(2, event('B'))), records).value).toBe(4 * S);
    expect(seen(between(event('A'), after(event('B'), success('probe'))), [...records, op(9, 0)]).value).toBe(5 * S);
    expect(seen(between(event('A'), since(7 * S, event('B'))), records).value).toBe(4 * S);
  });

  it('is unknown when one of them is missing', () => {
    expect(seen(between(event('A'), event('C')), records)).toEqual({ value: null, settled: false });
  });
});

describe('figures of a load', () => {
  it('are taken from acknowledged operations after the start', () => {
    const records = [op(0, 9), op(1, 1), op(2, 2), op(3, 3), failed(4), op(5, 4, { cohort: 'other' })];
    expect(seen(latencyQuantile('probe', 0.5, S), records).value).toBe(2 * S);
    expect(seen(throughput('probe', S, 3 * S), records).value).toBe(1.5);
    expect(seen(latencyQuantile('probe', 0.5, 100 * S), records).value).toBeNull();
  });

  it('lag is the mean of the samples of one node', () => {
    const sample = (node: string, lagUs: number): TraceRecord => ({
      type: 'sample',
      atUs: S,
      database: 'db',
      node,
      lagUs,
      lagEntries: 0,
      atRiskEntries: 0,
      atRiskUs: 0,
    });
    expect(seen(meanLag('b', 0, 5), [sample('a', 99), sample('b', 10), sample('b', 20)]).value).toBe(20);
    expect(seen(meanLag('c', 0), [sample('a', 99)]).value).toBeNull();
  });

  it('a write is visible elsewhere with the first read that returns it or a later one', () => {
    const read = (sentS: number, value: number): OpRecord => op(sentS, 0, { cohort: 'reader', action: 'read', value });
    const records = [read(0, 0), op(1, 0.5, { op: 10 }), read(2, 0), read(3, 10), read(4, 10)];
    expect(seen(visibleElsewhere('probe', 'reader'), records)).toEqual({ value: 1.5 * S, settled: true });
  });
});
