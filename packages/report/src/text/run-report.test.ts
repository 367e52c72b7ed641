import type { RunMetrics, Verdict } from '@faultline/metrics';
import { describe, expect, it } from 'vitest';
import { sampleHeader, sampleMetrics, sampleRecovery, sampleVerdicts, sampleWaterfall } from '../testing/sample-run.ts';
import { displayWidth } from './display.ts';
import { asciiGlyphs } from './glyphs.ts';
import { ansiPalette } from './palette.ts';
import { runReport } from './run-report.ts';
import type { TextStyle } from './style.ts';

const S = 1_000_000;

function reportOf(
  fields: Partial<RunMetrics> = {},
  style: Partial<TextStyle> = {},
  verdicts: readonly Verdict[] = sampleVerdicts,
): string {
  return runReport({ header: sampleHeader, metrics: { ...sampleMetrics, ...fields }, verdicts }, style);
}

describe('the report of a run', () => {
  it('tells the whole story', () => {
    expect(reportOf().split('\n')).toEqual([
      'rds-multi-az-host-failure  seed 7',
      "The primary's host dies under steady writes; the standby takes over and no acknowledged write is",
      'lost.',
      'orders: RDS Multi-AZ DB instance, postgres',
      '',
      'What checkout went through: writes, recovered after 48.2s ──────────────────────────────────────────',
      '                 0s         10s        20s         30s        40s           from     for  who acts',
      '                 ┬──────────┬──────────┬───────────┬──────────┬────────',
      'detection        ███████████                                                 +0s     10s  provider',
      'promotion                   █████████████████                               +10s     15s  provider',
      'endpoint-change                              ██████                         +25s      5s  provider',
      'dns-cache                                          ██████████████████       +30s     16s  customer',
      'reconnect                                                            ██     +46s    2.1s  customer',
      'first-success                                                         █   +48.1s   100ms  customer',
      '                 ▲                                    ◆               ●',
      '                 ▲ fault   ◆ first success +33s   ● recovered +48.2s',
      '',
      'What happened ──────────────────────────────────────────────────────────────────────────────────────',
      'after fault  what            where   happened',
      '        +0s  FAULT                   host-failure on orders.primary (orders-1)',
      '       +10s  state           orders  failingOver.promoting (promotion)',
      '       +10s  RDS-EVENT-0013  orders  Multi-AZ instance failover started.',
      '       +30s  DNS             orders  endpoint writer now names orders-2',
      '       +35s  RDS-EVENT-0049  orders  Multi-AZ instance failover completed.',
      '',
      'What clients saw ───────────────────────────────────────────────────────────────────────────────────',
      'clients            recovery  1st success  99% clients       ok  failed  unsure  success  p99 took',
      'checkout writes       48.2s          33s        48.2s  231,560   6,000      40    97.5%     9.4ms',
      'checkout reads   unaffected            -            -    4,000       0       0     100%         -',
      '',
      'What became of the data ────────────────────────────────────────────────────────────────────────────',
      'orders: no acknowledged write was lost',
      'orders: 3 writes took effect though their clients could not be sure of it',
      'checkout: 12 of 4,000 reads served stale, p99 2s, at most 2.4s',
      '',
      'What was expected ──────────────────────────────────────────────────────────────────────────────────',
      '   expectation                  expected                           found',
      '✓  rto                          at most 2m                         48.2s',
      '✓  rpo                          at most 0s                         0s',
      '✓  acknowledged-writes-survive  every acknowledged write is there  all are there',
      '                                at the end',
      '✗  redundant                    every database redundant at the    not redundant at the end: orders',
      '                                end                                (rebuildingStandby)',
      '',
      'How to read this ───────────────────────────────────────────────────────────────────────────────────',
      '- Recovery runs from the fault until operations succeed and keep succeeding for 10s. It is what',
      '  clients see, so it includes their DNS caches, time-outs and pools.',
      '- Unsure: the client never learned the outcome, for example after a time-out. The write may or may',
      '  not have taken effect.',
      '- 1 timing of this run rests on an assumption, because nothing better is published: `faultline',
      '  explain` lists each with its source.',
    ]);
  });

  it('names lost writes, second writers, overwritten updates and lag', () => {
    const [loss] = sampleMetrics.dataLoss;
    const lost = {
      ...loss!,
      lost: 12,
      lostOps: [17, 18, 19, 20, 21, 22, 23, 24, 25],
      spanUs: 3.2 * S,
      lostUpdates: 1,
      lostUpdateOps: [40],
    };
    const lag = {
      database: 'orders',
      node: 'orders-2',
      samples: 9,
      lastUs: 0,
      p99Us: 2 * S,
      maxUs: 3 * S,
      entriesMax: 1,
    };
    const text = reportOf({
      dataLoss: [lost],
      splitBrain: [{ database: 'orders', count: 1, ops: [99] }],
      lag: { nodes: [lag, { ...lag, node: 'orders-3', maxUs: 0 }], atRisk: [] },
    });
    expect(text).toContain(
      'orders: 12 acknowledged writes lost, reaching back 3.2s (op 17, 18, 19, 20, 21, 22 and 6 more)',
    );
    expect(text).toContain(
      'orders: 1 acknowledged write lost to a later write of the same item elsewhere: the last writer wins\n(op 40)',
    );
    expect(text).toContain('orders: 1 write taken by two nodes at once (op 99)');
    expect(text).toContain('orders: orders-2 lagged by up to 3s (1 entry), p99 2s');
    expect(text).not.toContain('orders-3');
  });

  it('says where clients went that miss their writes, and which databases took none', () => {
    const [loss] = sampleMetrics.dataLoss;
    const moved = { ...loss!, survivor: 'replica', lost: 2, lostOps: [17, 18], spanUs: 3 * S };
    const idle = { ...loss!, database: 'sibling', survivor: 'sibling', acknowledged: 0, indeterminateInEffect: 0 };
    const text = reportOf({ dataLoss: [moved, idle] });
    expect(text).toContain(
      'orders: 2 acknowledged writes lost to its clients, who moved to replica: it never had them',
    );
    expect(text).toContain('sibling: acknowledged no write of its own');
    expect(text).not.toContain('no acknowledged write was lost');
  });

  it('says when clients never recovered, and who was called in vain', () => {
    const recovery = { ...sampleRecovery, recovered: false, recoveryTimeUs: null, clientsP99Us: null };
    const text = reportOf({
      recovery: [recovery],
      waterfalls: [{ ...sampleWaterfall, recovered: false }],
      operatorSteps: [
        {
          database: 'orders',
          step: 'promote',
          who: 'on-call',
          calledAtUs: 200 * S,
          doneAtUs: 500 * S,
          dismissed: false,
        },
        { database: 'orders', step: 'repoint', who: 'on-call', calledAtUs: 500 * S, doneAtUs: null, dismissed: false },
      ],
    });
    expect(text).toContain('What checkout went through: writes, not recovered');
    expect(text).toContain('not recovered when the run ended at +48.2s');
    expect(text).toMatch(/on-call {2}promote {2}orders {2}took 5m\non-call {2}repoint {2}orders {2}never done/);
  });

  it('says when nothing went wrong, and marks what is unconfirmed', () => {
    const calm = { ...sampleRecovery, affected: false, overall: { ok: 10, failed: 0, indeterminate: 0 } };
    expect(reportOf({ recovery: [calm], waterfalls: [] })).toContain(
      'No operation of any client went wrong after the fault.',
    );
    const unsure = reportOf({ recovery: [{ ...sampleRecovery, recovered: 'unconfirmed', unfinished: 2 }] });
    expect(unsure).toContain('48.2s?');
    expect(unsure).toContain('2 operations still under way when the run ended at 20m: counted nowhere.');
  });

  it('shows bounds and doubts of verdicts', () => {
    const verdict = (expected: Verdict['expected'], found: Verdict['found'], unit: Verdict['unit']): Verdict => ({
      name: 'recoveryTime',
      kind: 'measure',
      held: 'inconclusive',
      unit,
      found,
      expected,
    });
    const verdicts = [
      verdict({ min: 60 * S, max: 120 * S }, null, 'duration'),
      verdict({ min: 3, max: 3 }, 4, 'count'),
      verdict({ min: 5, max: null }, 4_000, 'count'),
    ];
    const text = reportOf({}, {}, verdicts);
    expect(text).toMatch(/\? {2}recoveryTime {2}1m to 2m +never/);
    expect(text).toMatch(/recoveryTime {2}3 +4\n/);
    expect(text).toMatch(/recoveryTime {2}at least 5 +4,000/);
    expect(text).toContain('could not be told before the run ended');
  });

  it('keeps to a bounded number of events', () => {
    const entry = { atUs: 181 * S, kind: 'state', database: 'orders', id: null, text: 'flapping' } as const;
    const text = reportOf({ eventLog: { entries: Array.from({ length: 100 }, () => entry), omitted: 1_000 } });
    expect(text).toContain('… and 1,040 more, all of them in the trace');
  });

  it.each([80, 90, 100])('fits %i columns, with and without colours', (width) => {
    for (const palette of [ansiPalette, undefined]) {
      const text = reportOf({}, palette ? { width, palette } : { width });
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('is pure ASCII where that is asked for', () => {
    expect(reportOf({}, { glyphs: asciiGlyphs })).toMatch(/^[\x00-\x7f]*$/);
  });
});
